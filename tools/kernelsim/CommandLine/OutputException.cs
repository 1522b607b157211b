namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Standard output does not take what was written: a full disk, a closed descriptor, a reader that has gone away. Not an
/// <see cref="IOException"/>, so that no verb takes it for a failure of a file that it reads or writes.
/// </summary>
/// <param name="cause">What the host said.</param>
internal sealed class OutputException(Exception cause) : Exception(cause.Message, cause)
{
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007_006D);
    private const int WindowsClosingPipe = unchecked((int)0x8007_00E8);

    /// <summary>True when the reader of a pipe has had enough, as <c>head</c> has.</summary>
    public bool ReaderIsGone => InnerException!.HResult is BrokenPipe or WindowsBrokenPipe or WindowsClosingPipe;

    /// <summary>What the host said, in a line.</summary>
    public string Reason => (InnerException!.InnerException ?? InnerException).Message.Split('\n', 2)[0].TrimEnd();

    /// <summary>
    /// The failure of a file that is a pipe, such as <c>/dev/stdout</c>, and has lost its reader: it ends a command as standard output
    /// itself does. Null for any other.
    /// </summary>
    public static OutputException? OfReader(Exception? exception) =>
        exception is IOException && new OutputException(exception) is { ReaderIsGone: true } gone ? gone : null;

    /// <summary>The failure of standard output that an exception is or carries; null for any other.</summary>
    public static OutputException? In(Exception exception) => exception switch
    {
        OutputException output => output,
        AggregateException several => several.InnerExceptions.Select(In).FirstOrDefault(e => e is not null),
        _ => null,
    };
}
