// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one door to QCustomPlot: its header spells Qt's keywords, which QT_NO_KEYWORDS switches off.
#include <QtGlobal>

#pragma push_macro("signals")
#pragma push_macro("slots")
#pragma push_macro("foreach")
#undef signals
#undef slots
#undef foreach
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#pragma pop_macro("foreach")
#pragma pop_macro("slots")
#pragma pop_macro("signals")
