using System.Text.Json;
using KernelSim.Nt;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Output;

/// <summary>Why something that the user asked for failed.</summary>
/// <param name="Message">One line: the value given and what was expected.</param>
/// <param name="Errno">The nearest errno.</param>
internal sealed record Failure(string Message, Errno Errno = Errno.EINVAL)
{
    /// <summary>Whether it is the user's wrong usage, such as an invalid line of a script, and not what a machine or a host said.</summary>
    public bool IsWrongUsage { get; init; }

    /// <summary>The check that refused, with the number given and the one expected, where one did.</summary>
    public (string Check, long Given, long Expected)? Refusal { get; init; }

    /// <summary>A failure caused by wrong usage of the command.</summary>
    public static Failure WrongUsage(string message) => new(message) { IsWrongUsage = true };

    /// <summary>The failure for an exception of the host's file system; null for any other exception.</summary>
    /// <param name="path">The file or folder that was accessed.</param>
    /// <param name="expected">What was expected there, such as <c>a lab script</c>.</param>
    /// <param name="exception">The host's exception.</param>
    public static Failure? FromHost(string path, string expected, Exception exception) => exception switch
    {
        FileNotFoundException or UnauthorizedAccessException when Directory.Exists(path) =>
            new Failure($"'{path}' given, expected {expected}: it is a folder"),
        DirectoryNotFoundException when Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder) =>
            new Failure($"'{path}' given, expected {expected}: there is no folder '{folder}'", Errno.ENOENT),
        FileNotFoundException or DirectoryNotFoundException =>
            new Failure($"'{path}' given, expected {expected}: there is no such file", Errno.ENOENT),
        UnauthorizedAccessException => new Failure($"'{path}' given, expected {expected}: permission denied", Errno.EACCES),
        IOException or ArgumentException or NotSupportedException =>
            new Failure($"'{path}' given, expected {expected}: {FirstLine(exception.Message)}", Errno.EIO),
        _ => null,
    };

    /// <summary>The failure for a machine that leaked something at shutdown.</summary>
    public static Failure Leaks(IReadOnlyCollection<string> leaks) => new(
        $"the machine shut down with {leaks.Count} thing{(leaks.Count == 1 ? "" : "s")} outstanding, expected none: "
            + string.Join("; ", leaks.Distinct()),
        Errno.EBUSY);

    /// <summary>The failure for a machine that stopped, with the exception of a driver that stopped it if there was one.</summary>
    public static Failure MachineStopped(BugcheckException stop) => new(
        $"the machine stopped: {stop.Message}{(stop.Record.Cause is { } cause ? $": {ExceptionText.Of(cause)}" : "")}", Errno.EIO);

    /// <summary>The failure as a JSON object: the message, the nearest errno, and the check that refused.</summary>
    public string ToJson(OutputFormat format) => JsonText.Of(format, Write);

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("error", Message);
        json.WriteNumber("errno", (int)Errno);
        json.WriteString("errno_name", Errno.ToString());
        if (Refusal is { } refusal)
        {
            json.WriteString("check", refusal.Check);
            json.WriteNumber("given", refusal.Given);
            json.WriteNumber("expected", refusal.Expected);
        }

        json.WriteEndObject();
    }
}
