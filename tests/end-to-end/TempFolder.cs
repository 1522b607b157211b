namespace KernelSim.EndToEnd.Tests;

/// <summary>A folder of files that goes when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder()
    {
        Path = Directory.CreateTempSubdirectory("kernelsim-").FullName;
    }

    /// <summary>Makes one in a folder that is not the process's own temporary one.</summary>
    public TempFolder(string parent)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"kernelsim-{Guid.NewGuid():N}"[..20])).FullName;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Puts a file in.</summary>
    public string Add(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
