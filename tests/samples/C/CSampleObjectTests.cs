using System.Text;

namespace KernelSim.Samples.Tests.C;

/// <summary>Holds the objects of <c>samples/c</c> to their sources.</summary>
public sealed class CSampleObjectTests(RebuiltObjects rebuilt) : IClassFixture<RebuiltObjects>
{
    public static TheoryData<string> Objects => [.. SampleFiles.Objects];

    public static TheoryData<string> Measured => [.. Directory.EnumerateFiles(SampleFiles.Benchmarks, "*.hex").Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void Every_source_has_an_object() =>
        Assert.Equal(SampleFiles.Sources.Select(s => Path.ChangeExtension(s, ".o")), SampleFiles.Objects);

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_is_what_clang_makes_of_its_source(string name)
    {
        string made = rebuilt.PathOf(name);

        Assert.Equal(Compared(made), Compared(SampleFiles.PathOf(name)));
    }

    [Theory]
    [MemberData(nameof(Measured))]
    public void A_measured_program_is_what_clang_makes_of_its_source(string name)
    {
        string made = rebuilt.PathOf(name);

        Assert.Equal(File.ReadAllText(made), File.ReadAllText(Path.Combine(SampleFiles.Benchmarks, name)));
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_names_no_folder_of_the_machine_that_compiled_it(string name)
    {
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(SampleFiles.PathOf(name)));

        Assert.All(["/usr/", "/home/", "/tmp/", Repository.Root + Path.DirectorySeparatorChar], place => Assert.DoesNotContain(place, text));
    }

    /// <summary>Code, maps, types and lines of an object; not the sections for other debuggers, which name the compiler's exact version.</summary>
    private static IEnumerable<(string Name, string Bytes)> Compared(string path) => ElfSections.Of(File.ReadAllBytes(path))
        .Where(s => !s.Name.Contains(".debug", StringComparison.Ordinal) && s.Name is not (".symtab" or ".strtab" or ".comment"));
}
