//! Imports of the drawing code: the nodes of a scene and the theme.

pub(crate) use crate::{
    scene::{
        Align, Color, Node, Point, Polyline, Rect, Scene, Stroke, TextNode, circle, clipped, group,
        label, open_lines, path, polygon, text, upwards,
    },
    theme::{PathStyle, Theme},
};
