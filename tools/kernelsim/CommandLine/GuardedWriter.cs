using System.Text;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Standard output or standard error. What the host cannot write ends in <paramref name="failed"/>; a progress line gives way to
/// what is written.
/// </summary>
/// <param name="inner">Where it goes.</param>
/// <param name="live">The progress line of the same terminal.</param>
/// <param name="failed">Takes a failure of the host's. When it returns, what was to be written is dropped.</param>
internal sealed class GuardedWriter(TextWriter inner, LiveLine live, Action<Exception> failed) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string NewLine
    {
        get => inner.NewLine;
        set => inner.NewLine = value;
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        using LiveLine.Pause pause = live.GiveWay(this);
        try
        {
            inner.WriteLine(value);
        }
        catch (Exception exception) when (IsOfTheHost(exception))
        {
            failed(exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        using LiveLine.Pause pause = live.GiveWay(this);
        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (IsOfTheHost(exception))
        {
            failed(exception);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception exception) when (IsOfTheHost(exception))
        {
            failed(exception);
        }
    }

    /// <summary>Writes the progress line itself.</summary>
    public void WriteThrough(string text)
    {
        try
        {
            inner.Write(text);
            inner.Flush();
        }
        catch (Exception exception) when (IsOfTheHost(exception))
        {
            failed(exception);
        }
    }

    private static bool IsOfTheHost(Exception exception) => exception is IOException or UnauthorizedAccessException or ObjectDisposedException;
}
