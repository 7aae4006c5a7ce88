//! Bodies that are compressed: ClickHouse's own blocks (`compress=1`, `decompress=1`), and LZ4 frames, gzip and
//! deflate by HTTP's content encodings. zstd and brotli are refused for requests and not offered for responses.

use cityhash_rs::cityhash_102_128;
use flate2::Compression;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};
use lz4_flex::frame::{FrameDecoder, FrameEncoder};
use std::io::{self, BufRead, BufReader, Read, Write};

/// A block of ClickHouse is refused above this size; the server's own writers stay at 1 MiB.
const MAX_BLOCK: u32 = 1 << 30;
const LZ4: u8 = 0x82;
const NONE: u8 = 0x02;
/// Method, compressed size and size: what the checksum covers in front of the data.
const HEADER: u32 = 9;

/// The encodings that HTTP names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Lz4,
    Gzip,
    Deflate,
}

impl Encoding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Lz4 => "lz4",
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
        }
    }

    /// The encoding of a request's body. `Ok(None)` when it is plain.
    ///
    /// # Errors
    /// The name of an encoding that is not supported.
    pub(super) fn of_body(content_encoding: Option<&str>) -> Result<Option<Self>, String> {
        match content_encoding.map(str::trim) {
            None | Some("" | "identity") => Ok(None),
            Some(name) => Self::named(name).map(Some).ok_or_else(|| name.to_owned()),
        }
    }

    /// The encoding that a client accepts, the cheapest first.
    pub(super) fn accepted(accept_encoding: &str) -> Option<Self> {
        let accepts = |name: &str| {
            accept_encoding.split(',').any(|item| {
                let mut parts = item.split(';').map(str::trim);
                parts.next().is_some_and(|part| part.eq_ignore_ascii_case(name))
                    && !parts.any(|part| part.trim_start_matches("q=").parse::<f32>() == Ok(0.0))
            })
        };
        [Self::Lz4, Self::Gzip, Self::Deflate]
            .into_iter()
            .find(|encoding| accepts(encoding.name()))
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Lz4, Self::Gzip, Self::Deflate]
            .into_iter()
            .find(|encoding| name.eq_ignore_ascii_case(encoding.name()))
    }
}

/// Reads a request's body through its encodings: first HTTP's, then ClickHouse's own.
pub(super) fn decoder(
    body: impl Read + Send + 'static,
    encoding: Option<Encoding>,
    blocks: bool,
) -> Box<dyn Read + Send> {
    let plain: Box<dyn Read + Send> = match encoding {
        None => Box::new(body),
        Some(Encoding::Lz4) => Box::new(Lz4Frames {
            inner: FrameDecoder::new(BufReader::new(body)),
        }),
        Some(Encoding::Gzip) => Box::new(MultiGzDecoder::new(body)),
        Some(Encoding::Deflate) => Box::new(ZlibDecoder::new(body)),
    };
    if blocks {
        Box::new(Blocks {
            inner: plain,
            block: Vec::new(),
            at: 0,
        })
    } else {
        plain
    }
}

/// LZ4 frames one after another; the decoder itself stops after each.
struct Lz4Frames<R: Read> {
    inner: FrameDecoder<BufReader<R>>,
}

impl<R: Read> Read for Lz4Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.inner.read(buffer)?;
            if count > 0 || buffer.is_empty() || self.inner.get_mut().fill_buf()?.is_empty() {
                return Ok(count);
            }
        }
    }
}

/// ClickHouse's compressed blocks: 16 bytes of checksum, the method, both sizes, the data.
struct Blocks<R> {
    inner: R,
    block: Vec<u8>,
    at: usize,
}

impl<R: Read> Blocks<R> {
    /// Reads the next block. False at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        let mut checksum = [0; 16];
        let first = self.inner.read(&mut checksum)?;
        if first == 0 {
            return Ok(false);
        }
        self.inner.read_exact(&mut checksum[first..])?;
        let mut header = [0; HEADER as usize];
        self.inner.read_exact(&mut header)?;
        let number = |at: usize| {
            header[at..at + 4]
                .iter()
                .rev()
                .fold(0, |n, byte| n << 8 | u32::from(*byte))
        };
        let (method, compressed, size) = (header[0], number(1), number(5));
        let invalid = |text: String| io::Error::new(io::ErrorKind::InvalidData, text);
        if !(HEADER..=MAX_BLOCK).contains(&compressed) || size > MAX_BLOCK {
            return Err(invalid(format!(
                "a compressed block claims {compressed} bytes for {size}"
            )));
        }
        let mut data = Vec::new();
        let length = u64::from(compressed - HEADER);
        if self.inner.by_ref().take(length).read_to_end(&mut data)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut covered = header.to_vec();
        covered.extend_from_slice(&data);
        if checksum != hash(&covered) {
            return Err(invalid(
                "checksum of a compressed block does not match".to_owned(),
            ));
        }
        self.block = match method {
            NONE => data,
            LZ4 => lz4_flex::block::decompress(&data, size as usize)
                .map_err(|error| invalid(format!("cannot decompress an LZ4 block: {error}")))?,
            other => {
                return Err(invalid(format!(
                    "unknown compression method 0x{other:02x}; LZ4 and NONE are known"
                )));
            }
        };
        self.at = 0;
        Ok(true)
    }
}

impl<R: Read> Read for Blocks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.block.len() {
            if !self.fill()? {
                return Ok(0);
            }
        }
        let count = buffer.len().min(self.block.len() - self.at);
        buffer[..count].copy_from_slice(&self.block[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn hash(data: &[u8]) -> [u8; 16] {
    // The two halves are stored high half first.
    let hash = cityhash_102_128(data);
    hash.rotate_left(64).to_le_bytes()
}

/// Compresses a response piece by piece.
pub(super) enum Encoder {
    Plain,
    Blocks,
    Lz4(Box<FrameEncoder<Vec<u8>>>),
    Gzip(GzEncoder<Vec<u8>>),
    Deflate(ZlibEncoder<Vec<u8>>),
}

impl Encoder {
    pub(super) fn new(blocks: bool, encoding: Option<Encoding>) -> Self {
        match encoding {
            _ if blocks => Self::Blocks,
            None => Self::Plain,
            Some(Encoding::Lz4) => Self::Lz4(Box::new(FrameEncoder::new(Vec::new()))),
            Some(Encoding::Gzip) => Self::Gzip(GzEncoder::new(Vec::new(), Compression::fast())),
            Some(Encoding::Deflate) => Self::Deflate(ZlibEncoder::new(Vec::new(), Compression::fast())),
        }
    }

    /// Takes a piece; gives what is ready to be sent.
    pub(super) fn push(&mut self, data: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(data.to_vec()),
            Self::Blocks => block(data),
            Self::Lz4(encoder) => {
                encoder.write_all(data)?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Gzip(encoder) => {
                encoder.write_all(data)?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Deflate(encoder) => {
                encoder.write_all(data)?;
                Ok(std::mem::take(encoder.get_mut()))
            }
        }
    }

    /// Gives all that was pushed, so that the next piece stands on its own.
    pub(super) fn flush(&mut self) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain | Self::Blocks => Ok(Vec::new()),
            Self::Lz4(encoder) => {
                encoder.flush()?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Gzip(encoder) => {
                encoder.flush()?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Deflate(encoder) => {
                encoder.flush()?;
                Ok(std::mem::take(encoder.get_mut()))
            }
        }
    }

    /// Ends the stream; gives what is left.
    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain | Self::Blocks => Ok(Vec::new()),
            Self::Lz4(encoder) => encoder.finish().map_err(io::Error::other),
            Self::Gzip(encoder) => encoder.finish(),
            Self::Deflate(encoder) => encoder.finish(),
        }
    }
}

fn block(data: &[u8]) -> io::Result<Vec<u8>> {
    if data.is_empty() {
        return Ok(Vec::new());
    }
    let compressed = lz4_flex::block::compress(data);
    let size = |length: usize| u32::try_from(length).map_err(io::Error::other);
    let mut out = vec![0; 16];
    out.push(LZ4);
    out.extend_from_slice(&(size(compressed.len())? + HEADER).to_le_bytes());
    out.extend_from_slice(&size(data.len())?.to_le_bytes());
    out.extend_from_slice(&compressed);
    let checksum = hash(&out[16..]);
    out[..16].copy_from_slice(&checksum);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(data: Vec<u8>, encoding: Option<Encoding>, blocks: bool) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        decoder(io::Cursor::new(data), encoding, blocks).read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn what_is_written_can_be_read() {
        let pieces = [b"first ".repeat(1000), Vec::new(), b"second".to_vec()];
        for (blocks, encoding) in [
            (false, None),
            (true, None),
            (false, Some(Encoding::Lz4)),
            (false, Some(Encoding::Gzip)),
            (false, Some(Encoding::Deflate)),
        ] {
            let mut encoder = Encoder::new(blocks, encoding);
            let mut sent = Vec::new();
            for piece in &pieces {
                sent.extend(encoder.push(piece).expect("push"));
            }
            sent.extend(encoder.flush().expect("flush"));
            sent.extend(encoder.finish().expect("finish"));
            assert_eq!(read(sent, encoding, blocks).expect("read"), pieces.concat());
        }
    }

    #[test]
    fn frames_may_follow_one_another() {
        let frame = |text: &[u8]| {
            let mut encoder = FrameEncoder::new(Vec::new());
            encoder.write_all(text).expect("write");
            encoder.finish().expect("finish")
        };
        let sent = [frame(b"one"), frame(b"two")].concat();
        assert_eq!(read(sent, Some(Encoding::Lz4), false).expect("read"), b"onetwo");
    }

    #[test]
    fn damage_is_noticed() {
        let mut sent = block(b"some data").expect("block");
        let last = sent.len() - 1;
        sent[last] ^= 1;
        assert_eq!(
            read(sent.clone(), None, true).expect_err("damaged").kind(),
            io::ErrorKind::InvalidData
        );
        sent.truncate(last);
        assert_eq!(
            read(sent, None, true).expect_err("cut").kind(),
            io::ErrorKind::UnexpectedEof
        );
    }

    #[test]
    fn chooses_what_the_client_accepts() {
        assert_eq!(Encoding::accepted("gzip, deflate, br"), Some(Encoding::Gzip));
        assert_eq!(Encoding::accepted("lz4"), Some(Encoding::Lz4));
        assert_eq!(Encoding::accepted("gzip;q=0, deflate"), Some(Encoding::Deflate));
        assert_eq!(Encoding::accepted("br"), None);
    }
}
