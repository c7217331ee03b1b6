//! What nearly everything that draws uses: the nodes of a scene and the theme.

pub(crate) use crate::{
    scene::{
        Align, Color, Node, Point, Rect, Scene, Stroke, Text, group, open_lines, polygon, text,
    },
    theme::{PathStyle, Theme},
};
