//! Comparisons with the crate `png`.

use super::*;
use crate::numeric::random::Random;
use ::png::{BitDepth, ColorType, Decoder, Transformations};
use miniz_oxide::deflate::compress_to_vec_zlib;

/// The values of the color type and the depth that the format allows.
const KINDS: [(u8, &[u8]); 5] = [
    (0, &[1, 2, 4, 8, 16]),
    (2, &[8, 16]),
    (3, &[1, 2, 4, 8]),
    (4, &[8, 16]),
    (6, &[8, 16]),
];

fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let checked = [kind, content].concat();
    let [length, check] = [content.len() as u32, crc32(&checked)].map(u32::to_be_bytes);
    [&length[..], &checked, &check].concat()
}

/// Returns a file of this kind with random filters and pixels, and possibly a transparent color or opacities.
fn random_file([kind, depth, interlace]: [u8; 3], seed: u64) -> Vec<u8> {
    let mut random = Random::from_seed(seed);
    let [width, height] = [0; 2].map(|_| 2 + random.below(19));
    let header = [
        &(width as u32).to_be_bytes()[..],
        &(height as u32).to_be_bytes(),
        &[depth, kind, 0, 0, interlace],
    ];
    let mut random_bytes = |n: usize| (0..n).map(|_| random.below(256) as u8).collect::<Vec<u8>>();
    let mut file = [SIGNATURE, &chunk(b"IHDR", &header.concat())].concat();
    if kind == 3 {
        let colors = 1 + usize::from(random_bytes(1)[0]) % (1 << depth);
        file.extend(chunk(b"PLTE", &random_bytes(3 * colors)));
        let opacities = usize::from(random_bytes(1)[0]) % (colors + 1);
        file.extend(chunk(b"tRNS", &random_bytes(opacities)));
    } else if kind < 3 && seed % 2 == 1 {
        // A small value, which pixels of few bits have.
        let values = random_bytes(1 + usize::from(kind));
        let values = values.iter().flat_map(|v| [0, v % 4]);
        file.extend(chunk(b"tRNS", &values.collect::<Vec<u8>>()));
    }
    let png = Png::read(&[&file, &chunk(b"IDAT", b"?")[..]].concat()).unwrap();
    let mut lines = Vec::new();
    for pass in if interlace == 1 {
        &ADAM7[..]
    } else {
        &ALL_PIXELS
    } {
        let [columns, rows] = pass.size(png.size);
        for _ in 0..rows {
            let mut line = random_bytes(png.line_bytes(columns));
            if let Some(filter) = line.first_mut() {
                *filter %= 5;
            }
            lines.extend(line);
        }
    }
    for part in compress_to_vec_zlib(&lines, 1).chunks(100) {
        file.extend(chunk(b"IDAT", part));
    }
    file.extend(chunk(b"IEND", b""));
    file
}

/// Returns the brightness of the pixels that the crate `png` reads.
fn reference(file: &[u8]) -> Result<Vec<f64>, ::png::DecodingError> {
    let mut decoder = Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut samples = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut samples)?;
    let samples: Vec<f64> = match frame.bit_depth {
        BitDepth::Sixteen => {
            let (pairs, _) = samples.as_chunks();
            let sample = |pair: &[u8; 2]| f64::from(u16::from_be_bytes(*pair)) / 65535.0;
            pairs.iter().map(sample).collect()
        }
        _ => samples.iter().map(|v| f64::from(*v) / 255.0).collect(),
    };
    let channels = frame.color_type.samples();
    let brightness = |pixel: &[f64]| match (frame.color_type, pixel) {
        (ColorType::GrayscaleAlpha, [v, a]) => on_white(*v, *a),
        (ColorType::Rgb, [r, g, b]) => luma([*r, *g, *b]),
        (ColorType::Rgba, [r, g, b, a]) => on_white(luma([*r, *g, *b]), *a),
        _ => pixel[0],
    };
    Ok(samples.chunks(channels).map(brightness).collect())
}

fn read(file: &[u8]) -> Result<Vec<f64>, &'static str> {
    Png::read(file)?.brightness()
}

#[test]
fn every_kind_has_the_bits_of_the_crate_png() {
    let mut seed = 0;
    for (kind, depths) in KINDS {
        for depth in depths {
            for interlace in [0, 1] {
                for _ in 0..20 {
                    let file = random_file([kind, *depth, interlace], seed);
                    let [found, expected] = [read(&file).unwrap(), reference(&file).unwrap()]
                        .map(|pixels| pixels.iter().map(|v| v.to_bits()).collect::<Vec<_>>());
                    assert!(found == expected, "{kind} {depth} {interlace} {seed}");
                    seed += 1;
                }
            }
        }
    }
}

#[test]
fn damaged_pixels_are_refused() {
    let mut random = Random::from_seed(2);
    for seed in 0..100 {
        let mut png = Png::read(&random_file([2, 8, 0], seed)).unwrap();
        let pixels = png.brightness().unwrap();
        // Cut pixels are not black.
        let all = png.data.clone();
        png.data.truncate(random.below(all.len()));
        assert!(png.brightness().is_ok_and(|cut| cut == pixels) || png.brightness().is_err());
        // Other bytes, which no check of a chunk detects, give other pixels or an error.
        png.data = all;
        let place = random.below(png.data.len());
        png.data[place] ^= 1 << random.below(8);
        let _ = png.brightness();
    }
}

#[test]
fn damaged_files_are_refused_like_by_the_crate_png() {
    let mut random = Random::from_seed(1);
    let mut accepted = 0;
    for (seed, kind) in (0..400).zip([[0, 8, 0], [2, 16, 1], [3, 4, 0], [6, 8, 1]].iter().cycle()) {
        let intact = random_file(*kind, seed);
        let mut file = intact.clone();
        let place = SIGNATURE.len() + random.below(file.len() - SIGNATURE.len());
        if seed % 3 == 0 {
            file.truncate(place);
        } else {
            file[place] ^= 1 << random.below(8);
        }
        match (read(&file), reference(&file)) {
            (Ok(found), Ok(expected)) => {
                assert_eq!(found, expected, "{seed}");
                accepted += 1;
            }
            (Err(_), Ok(_)) => panic!("{seed}: the crate png reads this file"),
            // Only the end after the pixels is missing.
            (Ok(found), Err(_)) => assert_eq!(found, read(&intact).unwrap(), "{seed}"),
            (Err(_), Err(_)) => {}
        }
    }
    assert!(accepted > 0);
}
