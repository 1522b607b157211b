using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using KernelSim.Packages.Tests.Feed;

namespace KernelSim.Packages.Tests;

/// <summary>What a package contains and says of itself.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    private static readonly string[] s_libraries =
    [
        "KernelSim.Bytecode", "KernelSim.EbpfCore", "KernelSim.Gate", "KernelSim.NetEbpfExt", "KernelSim.Nt", "KernelSim.ObjectFiles",
        "KernelSim.Protocol", "KernelSim.Testing", "KernelSim.TraceAnalysis", "KernelSim.TraceReading", "KernelSim.TraceView", "KernelSim.Tracing",
        "KernelSim.UserMode",
    ];

    private static readonly string[] s_others =
    [
        "KernelSim", "KernelSim.Templates", "KernelSim.Tool", "KernelSim.Tool.any", "KernelSim.Tool.linux-x64",
    ];

    public static TheoryData<string> Libraries => new(s_libraries);

    public static TheoryData<string> All => new(s_libraries.Concat(s_others));

    [Fact]
    public void These_are_packed_and_no_sample_test_or_generator()
    {
        feed.Require();
        IEnumerable<string> packed = Directory.EnumerateFiles(feed.Packages, "*.nupkg")
            .Select(f => Path.GetFileName(f)[..^$".{feed.Version}.nupkg".Length]);
        Assert.Equal(s_libraries.Concat(s_others).Order(StringComparer.Ordinal), packed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_that_says_it_is_a_package_is_in_the_list_of_what_is_packed()
    {
        using JsonDocument list = JsonDocument.Parse(Repository.ReadText("packages", "KernelSim.Packages.slnf"));
        Assert.Equal(
            Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
                .Where(f => File.ReadAllText(f).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal))
                .Select(Repository.Relative)
                .Order(StringComparer.Ordinal),
            list.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray()
                .Select(p => p.GetString()!)
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_has_a_readme_an_icon_a_licence_a_description_and_its_commit(string id)
    {
        using ZipArchive package = feed.Open(id);
        XElement metadata = Metadata(package);
        string Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? string.Empty;

        Assert.Equal("MIT", Value("license"));
        Assert.NotEqual(0, package.GetEntry(Value("readme"))!.Length);
        Assert.NotEqual(0, package.GetEntry(Value("icon"))!.Length);
        Assert.Contains("KernelSim", Value("description"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ebpf", Value("tags"), StringComparison.Ordinal);
        if (Path.Exists(Repository.PathOf(".git")))
        {
            XElement repository = metadata.Elements().Single(e => e.Name.LocalName == "repository");
            Assert.Equal("git", (string?)repository.Attribute("type"));
            Assert.Matches("^[0-9a-f]{40}$", (string?)repository.Attribute("commit") ?? string.Empty);
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_documentation_its_symbols_and_no_path_of_the_machine_that_packed_it(string id)
    {
        using ZipArchive package = feed.Open(id);
        using ZipArchive symbols = feed.Open(id, "snupkg");
        byte[] pdb = Read(symbols.GetEntry($"lib/net10.0/{id}.pdb")!);

        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.Contains("<summary>", Encoding.UTF8.GetString(Read(package.GetEntry($"lib/net10.0/{id}.xml")!)), StringComparison.Ordinal);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(pdb));
        MetadataReader reader = provider.GetMetadataReader();
        Assert.All(
            reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name))
                .Where(name => !name.StartsWith(feed.Artifacts, StringComparison.Ordinal)), // what the build has generated there
            name => Assert.StartsWith("/_", name, StringComparison.Ordinal));
        Assert.NotEqual(new BlobContentId(reader.DebugMetadataHeader!.Id), default);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_needs_others_of_its_own_version(string id)
    {
        using ZipArchive package = feed.Open(id);
        Assert.All(
            Dependencies(package).Where(e => ((string)e.Attribute("id")!).StartsWith("KernelSim", StringComparison.Ordinal)),
            e => Assert.Equal(feed.Version, (string?)e.Attribute("version")));
    }

    [Fact]
    public void The_package_KernelSim_brings_kernel_driver_and_library()
    {
        using ZipArchive package = feed.Open("KernelSim");
        Assert.Equal(
            s_libraries.Where(l => l != "KernelSim.Testing" && !l.StartsWith("KernelSim.Trace", StringComparison.Ordinal)),
            Dependencies(package).Select(e => (string?)e.Attribute("id")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_templates_name_the_version_that_they_were_packed_with()
    {
        using ZipArchive package = feed.Open("KernelSim.Templates");
        ZipArchiveEntry[] projects = [.. package.Entries.Where(e => e.FullName.EndsWith(".csproj", StringComparison.Ordinal))];
        Assert.Equal(10, projects.Length);
        Assert.All(projects, p => Assert.DoesNotContain("-VERSION", Encoding.UTF8.GetString(Read(p)), StringComparison.Ordinal));
        Assert.All(
            projects,
            p => Assert.Contains($"Version=\"{feed.Version}\"", Encoding.UTF8.GetString(Read(p)), StringComparison.Ordinal));
    }

    private static IEnumerable<XElement> Dependencies(ZipArchive package) =>
        Metadata(package).Descendants().Where(e => e.Name.LocalName == "dependency");

    private static XElement Metadata(ZipArchive package)
    {
        ZipArchiveEntry entry = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using Stream stream = entry.Open();
        return XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
