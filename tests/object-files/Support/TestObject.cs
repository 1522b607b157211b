namespace KernelSim.ObjectFiles.Tests.Support;

/// <summary>The objects beside this project, compiled from the C files in the same folder.</summary>
internal static class TestObject
{
    public static string[] All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.o").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static string Folder => Repository.PathOf("tests", "object-files", "objects");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.o"));

    public static BpfObjectFile Read(string name)
    {
        Assert.True(BpfObjectFile.TryRead(Bytes(name), $"{name}.o", out BpfObjectFile? file, out ObjectProblem? problem), problem?.Text);
        return file;
    }

    public static ObjectMap Map(this BpfObjectFile file, string name) => file.Maps.Single(m => m.Name == name);

    public static ObjectProgram Program(this BpfObjectFile file, string name) => file.Programs.Single(p => p.Name == name);
}
