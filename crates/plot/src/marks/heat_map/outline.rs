//! Outlines of sets of cells.

/// A corner of a cell: column from the left, row from below.
pub(super) type CellCorner = [usize; 2];

/// Directions of an outline: east, north, west, south.
const DIRECTIONS: [[isize; 2]; 4] = [[1, 0], [0, 1], [-1, 0], [0, -1]];

/// Returns the closed outlines of the cells that are inside. Cells are (rows, columns), row-major, with the first row
/// at the bottom.
///
/// Outlines only contain the corners where they turn. The inside is on the left. Cells that only touch at a corner have
/// separate outlines.
pub(super) fn outlines(
    [columns, rows]: [usize; 2],
    inside: impl Fn(usize) -> bool,
) -> Vec<Vec<CellCorner>> {
    let stride = columns + 1;
    // The directions in which outlines leave each corner, one bit per direction.
    let mut directions = vec![0_u8; stride * (rows + 1)];
    for row in 0..rows {
        for column in 0..columns {
            let cell = row * columns + column;
            if !inside(cell) {
                continue;
            }
            let corner = row * stride + column;
            if row == 0 || !inside(cell - columns) {
                directions[corner] |= 1;
            }
            if column + 1 == columns || !inside(cell + 1) {
                directions[corner + 1] |= 2;
            }
            if row + 1 == rows || !inside(cell + columns) {
                directions[corner + stride + 1] |= 4;
            }
            if column == 0 || !inside(cell - 1) {
                directions[corner + stride] |= 8;
            }
        }
    }
    let mut outlines = Vec::new();
    for start in 0..directions.len() {
        while directions[start] != 0 {
            outlines.push(walk(&mut directions, stride, start));
        }
    }
    outlines
}

/// Follows one outline from a corner and removes it.
fn walk(directions: &mut [u8], stride: usize, start: usize) -> Vec<CellCorner> {
    let mut corners = Vec::new();
    let (mut at, mut direction) = (start, directions[start].trailing_zeros() as usize);
    let first = direction;
    let mut came = None;
    loop {
        if came != Some(direction) {
            corners.push([at % stride, at / stride]);
        }
        directions[at] &= !(1 << direction);
        let [dx, dy] = DIRECTIONS[direction];
        at = at.wrapping_add_signed(dx + dy * stride.cast_signed());
        came = Some(direction);
        // Turn left if possible, else go straight, else turn right: where cells touch at a corner, this stays with one cell.
        let next = [direction + 1, direction, direction + 3].map(|direction| direction % 4);
        match next
            .into_iter()
            .find(|direction| directions[at] & (1 << direction) != 0)
        {
            Some(next) => direction = next,
            None => break,
        }
    }
    // The start is not a corner if the outline runs straight through it.
    if came == Some(first) {
        corners.remove(0);
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(picture: &[&str]) -> Vec<Vec<CellCorner>> {
        let rows: Vec<&[u8]> = picture.iter().rev().map(|row| row.as_bytes()).collect();
        let (columns, count) = (rows[0].len(), rows.len());
        outlines([columns, count], |cell| {
            rows[cell / columns][cell % columns] == b'#'
        })
    }

    /// Returns twice the area, positive if the inside is on the left.
    fn area(outline: &[CellCorner]) -> isize {
        let next = outline.iter().cycle().skip(1);
        let cross = |([ax, ay], [bx, by]): (&CellCorner, &CellCorner)| {
            (ax * by).cast_signed() - (bx * ay).cast_signed()
        };
        outline.iter().zip(next).map(cross).sum()
    }

    #[test]
    fn only_turns_are_kept() {
        assert_eq!(of(&["##", "##"]), [[[0, 0], [2, 0], [2, 2], [0, 2]]]);
        assert_eq!(
            of(&["#.", "##"]),
            [[[0, 0], [2, 0], [2, 1], [1, 1], [1, 2], [0, 2]]]
        );
        assert!(of(&["..", ".."]).is_empty());
    }

    #[test]
    fn holes_and_touching_corners_have_separate_outlines() {
        let ring = of(&["###", "#.#", "###"]);
        assert_eq!(ring.iter().map(|o| area(o)).collect::<Vec<_>>(), [18, -2]);
        let touching = of(&[".#", "#."]);
        assert_eq!(touching.len(), 2);
        assert!(touching.iter().all(|outline| area(outline) == 2));
    }

    #[test]
    fn areas_add_up_for_any_cells() {
        let mut random = thalweg::random::Random::from_seed(3);
        for _ in 0..50 {
            let cells: Vec<bool> = (0..63).map(|_| random.uniform() < 0.5).collect();
            let count = cells.iter().filter(|inside| **inside).count();
            let found = outlines([9, 7], |cell| cells[cell]);
            assert_eq!(
                found.iter().map(|o| area(o)).sum::<isize>(),
                2 * count.cast_signed()
            );
        }
    }
}
