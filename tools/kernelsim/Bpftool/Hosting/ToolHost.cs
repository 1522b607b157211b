using System.Text;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>The host of this process.</summary>
/// <param name="console">Its streams.</param>
/// <param name="interruption">What is requested with Ctrl-C.</param>
internal sealed class ToolHost(ToolConsole console, CancellationToken interruption = default) : IBpftoolHost
{
    /// <inheritdoc/>
    public TextWriter Out => console.Out;

    /// <inheritdoc/>
    public TextWriter Error => new FlushedFirst(console.Out, console.Error);

    /// <inheritdoc/>
    public Errno OpenRead(string path, out Stream? content)
    {
        if (path != HostFiles.Standard)
        {
            return HostFiles.OpenRead(path, out content);
        }

        content = console.IsHost ? StandardStreams.OpenInput() : new MemoryStream(Encoding.UTF8.GetBytes(console.In.ReadToEnd()));
        return Errno.None;
    }

    /// <inheritdoc/>
    public Errno Write(string path, ReadOnlySpan<byte> content) => HostFiles.Write(path, content);

    /// <inheritdoc/>
    public CancellationToken HandleInterruption() => interruption;

    /// <summary>Standard error, before which standard output is flushed: on a terminal they are in order.</summary>
    private sealed class FlushedFirst(TextWriter first, TextWriter inner) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            first.Flush();
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();
    }
}
