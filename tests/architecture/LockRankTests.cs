using System.Text.RegularExpressions;
using KernelSim.Architecture.Tests.Sources;

namespace KernelSim.Architecture.Tests;

/// <summary>Every lock of the kernel, the drivers and the samples declares its place in the lock order.</summary>
public partial class LockRankTests
{
    [Fact]
    public void Every_lock_is_created_with_a_rank() =>
        Assert.Empty(Lines(LockWithoutRank()).Select(line => $"{line} creates a lock without a rank; pass one from the driver's table."));

    [Fact]
    public void Locks_in_native_memory_get_their_rank_where_the_memory_is_initialized()
    {
        SourceFile[] structures = [.. Files().Where(f => NativeLock().IsMatch(File.ReadAllText(Repository.PathOf(f.Path))))];
        Assert.NotEmpty(structures);
        Assert.Empty(
            from file in structures
            let structure = Path.GetFileNameWithoutExtension(file.Path)
            where !Files().Any(f => Names(f, structure) && RankedLock().IsMatch(File.ReadAllText(Repository.PathOf(f.Path))))
            select $"{file} has a lock that no initialization of {structure} gives a rank.");
    }

    private static bool Names(SourceFile file, string structure) =>
        File.ReadAllText(Repository.PathOf(file.Path)).Contains(structure, StringComparison.Ordinal);

    private static IEnumerable<string> Lines(Regex pattern) =>
        from file in Files()
        from line in File.ReadLines(Repository.PathOf(file.Path)).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}";

    private static IEnumerable<SourceFile> Files() =>
        from project in SourceProject.FindAll()
        where project.Name.StartsWith("kernel-sim/", StringComparison.Ordinal) || project.Name.StartsWith("samples/", StringComparison.Ordinal)
        from file in project.Files
        select file;

    [GeneratedRegex(
        @"private (static )?(readonly )?(KSpinLock|HostSpinLock) \w+( = (default|new\(\)))?;|new (KSpinLock|HostSpinLock)\(\)"
        + @"|new ExPushLock\(\w+\)|ExPushLock \w+[^=]* = new\(\w+\)")]
    private static partial Regex LockWithoutRank();

    [GeneratedRegex(@"(public|internal) KSpinLock \w+;")]
    private static partial Regex NativeLock();

    [GeneratedRegex(@"\.Lock = new KSpinLock\(\w")]
    private static partial Regex RankedLock();
}
