using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KernelSim.LabScripts.Output;

/// <summary>JSON as the tool prints it. Escapes only what JSON requires, because people read it too.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions s_pretty = s_compact with { Indented = true, NewLine = "\n" };

    /// <summary>How JSON is written in a format.</summary>
    public static JsonWriterOptions Options(OutputFormat format) => format == OutputFormat.PrettyJson ? s_pretty : s_compact;

    /// <summary>The output of <paramref name="write"/> as one text without a line end.</summary>
    public static string Of(OutputFormat format, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options(format)))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
