#pragma once

#include "pluginrecord_p.h"

#include <axle/manager/pluginmanager.h>

namespace Axle::Internal {

/// Emits the manager's signals, always after what they tell of can be read (G6), and knows whether a slot is running.
class Reporter
{
public:
    explicit Reporter(PluginManager *manager)
        : m_manager(manager)
    {
    }

    bool isEmitting() const { return m_depth > 0; }

    void setState(PluginRecord &record, PluginState state, const Error &error = {});
    void setDisposition(PluginRecord &record, Disposition disposition, const QString &detail = {});

    template<class Object, class... Parameters, class... Arguments>
    void emitFrom(Object *object, void (Object::*signal)(Parameters...), const Arguments &...arguments)
    {
        ++m_depth;
        (object->*signal)(arguments...);
        --m_depth;
    }
    template<class... Parameters, class... Arguments>
    void emitSignal(void (PluginManager::*signal)(Parameters...), const Arguments &...arguments)
    {
        emitFrom(m_manager, signal, arguments...);
    }

private:
    PluginManager *m_manager;
    int m_depth = 0;
};

} // namespace Axle::Internal
