namespace KernelSim.Tests;

/// <summary>A folder that is deleted with its files when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder()
    {
        Path = Directory.CreateTempSubdirectory("kernelsim-").FullName;
    }

    /// <summary>Creates one in a folder that is not the process's own temporary one.</summary>
    public TempFolder(string parent)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"kernelsim-{Guid.NewGuid():N}"[..20])).FullName;
    }

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>Writes a file in it, and returns the file's path.</summary>
    public string Add(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
