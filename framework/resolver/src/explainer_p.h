#pragma once

#include "proof_p.h"

namespace Axle::Internal {

/// Makes sentences of a proof.
///
/// The reasons begin with what is explained and go on to what that needs; behind a requirement comes why it cannot be met.
class Explainer
{
public:
    enum class Goals {
        Requirements, ///< somebody gave them
        Plugins,      ///< nobody asks for them by version
        Wish,         ///< something beside plugins: headlines begin with the cause, and who wished knows what for
    };
    /// `subject`: the goal that is explained, in the proof. Borrows the universe and the proof.
    Explainer(const Universe &universe, const Proof &proof, Goals goals, int subject);

    Explanation explain();

    /// The project that cannot be had as wanted, and the requirements of the proof that want it; nothing where no more
    /// versions of one project would help.
    struct Lack
    {
        int variable = -1;
        std::vector<const Requirement *> requirements;
    };
    std::optional<Lack> lack() const;

private:
    void order();
    std::vector<const Fact *> takeFactsOf(int variable, std::vector<int> &rest) const;
    void addRequirement(const Fact &fact);
    void addAvailability(int variable);
    void addHost(int variable, int candidate);
    void addFact(const Fact &fact);
    Reason reasonOf(Reason::Kind kind, int variable, const std::vector<int> &values) const;

    ErrorCode code() const;
    QString headline() const;
    QString cause() const;
    QString andWhoDisagrees(int variable) const;
    bool isWish(const Fact &requirement) const;
    QString obstacle(const Fact &requirement) const;
    QString conflictPhrase() const;
    QString need(const Fact &requirement) const;
    bool isOfSubject(const Fact &requirement) const;
    QString contradiction() const;
    QString subjectName() const;
    QString nameOf(int variable) const;
    QString requirementText(const Fact &fact) const;
    QStringList opponents() const;

    const Fact *find(Fact::Kind kind) const;
    std::vector<const Fact *> requirementsOn(int variable) const;
    std::vector<int> valuesOf(const Fact &fact) const;
    bool isMet(const Fact &requirement, int value) const;
    bool cannotBeMet(const Fact &requirement) const;
    const Fact *lacking() const;
    const Project *host() const;
    const Fact *pivot() const;

    const Universe &m_universe;
    const Proof &m_proof;
    Goals m_goals;
    int m_subject;
    std::vector<const Fact *> m_ordered; ///< the proof's facts, in the order in which they are told
    Explanation m_explanation;
};

} // namespace Axle::Internal
