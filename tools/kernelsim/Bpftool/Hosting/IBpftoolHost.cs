using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>The host of whoever gave a command: its streams, its files and its Ctrl-C.</summary>
internal interface IBpftoolHost
{
    /// <summary>Standard output.</summary>
    TextWriter Out { get; }

    /// <summary>Standard error. What was written to the one arrives before what is written to the other after it.</summary>
    TextWriter Error { get; }

    /// <summary>Opens a file to read it.</summary>
    /// <param name="path">Path of the file; <c>-</c> for standard input.</param>
    /// <param name="content">Its bytes, which the caller disposes of; null on failure.</param>
    /// <returns><see cref="Errno.None"/>, or why it cannot be opened.</returns>
    Errno OpenRead(string path, out Stream? content);

    /// <summary>Writes a file, or replaces it.</summary>
    /// <returns><see cref="Errno.None"/>, or why it cannot be written.</returns>
    Errno Write(string path, ReadOnlySpan<byte> content);

    /// <summary>From now on Ctrl-C ends the command by this token only. Until then it ends the process on the machine.</summary>
    CancellationToken HandleInterruption();
}
