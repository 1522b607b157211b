namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>The objects beside these tests.</summary>
public class SuiteProgramTests
{
    [Fact]
    public void Each_object_is_what_the_compiler_makes_of_its_source()
    {
        Assert.SkipWhen(Clang.WhyUnavailable is not null, Clang.WhyUnavailable ?? string.Empty);
        using TempFolder folder = new();
        Clang.Make(SuitePrograms.Folder, folder.Path);
        Assert.All(SuitePrograms.Names, name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, name + ".o")), File.ReadAllBytes(SuitePrograms.PathOf(name))));
    }
}
