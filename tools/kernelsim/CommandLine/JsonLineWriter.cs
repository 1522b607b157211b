using System.Buffers;
using System.Text;
using System.Text.Json;

namespace KernelSim.Tool.CommandLine;

/// <summary>Writes one JSON text after the other, each with a line end: as <see cref="JsonText"/>, with buffers that are used again.</summary>
/// <param name="output">Where they go.</param>
/// <param name="format">Whether to indent them.</param>
internal sealed class JsonLineWriter(TextWriter output, OutputFormat format) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, JsonText.Options(format));
    private char[] _text = [];

    /// <summary>Writes what <paramref name="write"/> does with <paramref name="state"/>.</summary>
    public void Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        write(_json, state);
        _json.Flush();
        int most = Encoding.UTF8.GetMaxCharCount(_bytes.WrittenCount) + output.NewLine.Length;
        if (_text.Length < most)
        {
            _text = new char[most];
        }

        int length = Encoding.UTF8.GetChars(_bytes.WrittenSpan, _text);
        output.NewLine.CopyTo(_text.AsSpan(length));
        output.Write(_text.AsSpan(0, length + output.NewLine.Length));
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
