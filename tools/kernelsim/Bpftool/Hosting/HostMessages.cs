using System.Text.Json;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>
/// The lines between a server that runs a command and the client that gave it. The server sends output and requests for the client's files; each
/// request has one answer. The last line has the exit code.
/// </summary>
internal static class HostMessages
{
    /// <summary>Text for standard output.</summary>
    public const string Output = "out";

    /// <summary>Text for standard error.</summary>
    public const string Error = "err";

    /// <summary>Asks for a file to be opened: its path. The answer has an <see cref="Errno"/>.</summary>
    public const string Open = "open";

    /// <summary>Asks for more of the open file: the most bytes. The answer has <see cref="Bytes"/>, none at the end, or an
    /// <see cref="Errno"/>.</summary>
    public const string Read = "read";

    /// <summary>Asks for a file to be written: its path; <see cref="Bytes"/> has its contents. The answer has an <see cref="Errno"/>.</summary>
    public const string Write = "write";

    /// <summary>The command is over: its exit code.</summary>
    public const string Exit = "exit";

    /// <summary>Bytes in base 64.</summary>
    public const string Bytes = "bytes";

    /// <summary>0, or why a file cannot be opened, read or written.</summary>
    public const string Errno = "errno";

    /// <summary>Most bytes of a file in a line.</summary>
    public const int MostBytes = 1 << 16;

    /// <summary>A line with a string.</summary>
    public static string Line(string member, string text) => Line(json => json.WriteString(member, text));

    /// <summary>A line with a number.</summary>
    public static string Line(string member, int number) => Line(json => json.WriteNumber(member, number));

    /// <summary>A line with bytes.</summary>
    public static string Line(ReadOnlyMemory<byte> bytes) => Line(json => json.WriteBase64String(Bytes, bytes.Span));

    /// <summary>A line of members.</summary>
    public static string Line(Action<Utf8JsonWriter> write) => JsonText.Of(OutputFormat.Json, json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });
}
