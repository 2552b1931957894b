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
    QWidget *m_content;
    QLabel *m_nothing;
    QLabel *m_name;
    QLabel *m_version;
    StateBadge *m_badge;
    QLabel *m_summary;
    QPushButton *m_toggle;
    QPushButton *m_retry;
    QLabel *m_consequence;
    ErrorCard *m_error;
    QList<std::pair<QLabel *, QLabel *>> m_facts; ///< title and value
    QLabel *m_contributions;
    QLabel *m_needs;
    QLabel *m_usedBy;
    QLabel *m_loaded;
    QLabel *m_native;
    QLabel *m_file;
};

} // namespace Darkroom
