#pragma once

class QCPAxis;
class QPalette;

namespace pretext {

/// An axis in the palette's colours: its text and lines clear, its grid faint.
void styleAxis(QCPAxis& axis, const QPalette& palette);

}  // namespace pretext
