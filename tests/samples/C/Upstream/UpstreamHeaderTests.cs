namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>Compares the headers of <c>samples/c</c> with upstream's: upstream's programs become the same code and maps with either.</summary>
public sealed class UpstreamHeaderTests
{
    // These need functions of upstream's sample extension that the extension here does not have.
    private static readonly string[] s_exceptions = ["undocked/btf_resolved.c", "undocked/custom_map_basic.c"];

    [Fact]
    public void An_upstream_sample_compiles_to_the_same_code_with_either_headers()
    {
        Assert.SkipWhen(UpstreamCheckout.WhyUnavailable is not null, UpstreamCheckout.WhyUnavailable ?? string.Empty);
        using TempFolder theirs = new();
        using TempFolder ours = new();
        string[] headers = [SampleFiles.PathOf("include"), .. UpstreamCheckout.TestHeaders];

        Assert.All(
            UpstreamCheckout.Sources.Except(s_exceptions),
            source => Assert.Equal(
                Code(UpstreamCheckout.Compile(source, theirs.Path, UpstreamCheckout.Headers)),
                Code(UpstreamCheckout.Compile(source, ours.Path, headers))));
    }

    private static IEnumerable<(string Name, string Bytes)> Code(string path) => ElfSections.Of(File.ReadAllBytes(path))
        .Where(s => s.Name.Length > 0 && !s.Name.StartsWith(".BTF", StringComparison.Ordinal) && !IsNotCode(s.Name));

    private static bool IsNotCode(string name) =>
        name.StartsWith(".rel", StringComparison.Ordinal) || name.Contains(".debug", StringComparison.Ordinal)
        || name is ".symtab" or ".strtab" or ".llvm_addrsig" or ".comment";
}
