namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>A folder that was opened as a file: only reading it fails.</summary>
internal sealed class FolderStream : ReadStream
{
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new HostFileException(HostFiles.IsFolder);
}
