#pragma once

class QWidget;

namespace pretext {

/// Leaves the wheel to the page that scrolls, unless the control has the focus: of all sliders,
/// numbers and choices below `parent`, which would otherwise change when they pass under the
/// pointer.
void guardWheel(QWidget& parent);

}  // namespace pretext
