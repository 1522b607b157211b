using Microsoft.Win32.SafeHandles;

namespace KernelSim.Tool.CommandLine;

/// <summary>The three streams that the host gives to a process.</summary>
internal static class StandardStreams
{
    private const int In = 0;
    private const int Out = 1;
    private const int AccessMode = 3;

    /// <summary>Standard input; empty where the process was started without one.</summary>
    public static Stream OpenInput() => IsTheRuntimes(In) ? Stream.Null : Open(Console.OpenStandardInput);

    /// <summary>Standard error.</summary>
    public static Stream OpenError() => Open(Console.OpenStandardError);

    /// <summary>
    /// Standard output. A pipe is written to directly: the runtime's own stream reports nothing when the reader has gone, and the
    /// command would continue without one.
    /// </summary>
    public static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Open(Console.OpenStandardOutput);
        }

        if (IsTheRuntimes(Out))
        {
            return new ClosedStream();
        }

        FileStream direct;
        try
        {
            direct = new FileStream(new SafeFileHandle(Out, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new ClosedStream();
        }

        // A file's position is shared with whoever else writes to it. Only the runtime's stream leaves it to the host.
        return direct.CanSeek ? Open(Console.OpenStandardOutput) : direct;
    }

    private static Stream Open(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ClosedStream();
        }
    }

    /// <summary>
    /// Whether the descriptor was closed when the process started, so that the runtime got its number for a pipe of its own. A process
    /// holds both ends of such a pipe.
    /// </summary>
    private static bool IsTheRuntimes(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            string? pipe = LinkOf($"{descriptor}");
            return pipe?.StartsWith("pipe:", StringComparison.Ordinal) == true
                && Directory.EnumerateFileSystemEntries("/proc/self/fd")
                    .Select(p => Path.GetFileName(p))
                    .Any(other => LinkOf(other) == pipe && AccessOf(other) != AccessOf($"{descriptor}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? LinkOf(string descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;

    /// <summary>Read, write or both, as <c>open</c> has them; -1 for a descriptor that is closed by now.</summary>
    private static int AccessOf(string descriptor)
    {
        try
        {
            const string Flags = "flags:";
            string line = File.ReadLines($"/proc/self/fdinfo/{descriptor}").First(l => l.StartsWith(Flags, StringComparison.Ordinal));
            return Convert.ToInt32(line[Flags.Length..].Trim(), 8) & AccessMode;
        }
        catch (IOException)
        {
            return -1;
        }
    }

    /// <summary>A stream that was closed before the process started.</summary>
    private sealed class ClosedStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("it is closed");
    }
}
