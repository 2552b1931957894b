#pragma once

#include "pluginlistmodel.h"

#include <QtWidgets/QScrollArea>

class QGridLayout;
class QLabel;
class QPushButton;

namespace Darkroom {

class ErrorCard;
class StateBadge;

/// Everything about the selected plugin, and the buttons to load and unload it.
class PluginDetails : public QScrollArea
{
    Q_OBJECT
public:
    explicit PluginDetails(QWidget *parent = nullptr);

    /// `dependents`: what goes when this plugin goes, or for a library, what uses it.
    void setEntry(const PluginEntry &entry, const QStringList &dependents);
    void setErrorDetailsShown(bool isShown);

Q_SIGNALS:
    void enableRequested(const QString &id, bool enabled);
    void retryRequested(const QString &id);

private:
    QWidget *makeHead();
    QWidget *makeFacts();
    void setHead(const Axle::Plugin &plugin, const QStringList &dependents);
    void setFacts(const PluginEntry &entry, const QStringList &dependents);
    QLabel *addFact(QGridLayout &grid, const QString &title);
    void setFact(QLabel *value, const QString &text);

    Axle::Plugin m_plugin;
    QWidget *m_content = nullptr;
    QLabel *m_nothing = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_version = nullptr;
    StateBadge *m_badge = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_toggle = nullptr;
    QPushButton *m_retry = nullptr;
    QLabel *m_consequence = nullptr;
    ErrorCard *m_error = nullptr;
    QList<std::pair<QLabel *, QLabel *>> m_facts; ///< title and value
    QLabel *m_contributions = nullptr;
    QLabel *m_needs = nullptr;
    QLabel *m_usedBy = nullptr;
    QLabel *m_loaded = nullptr;
    QLabel *m_native = nullptr;
    QLabel *m_file = nullptr;
};

} // namespace Darkroom
