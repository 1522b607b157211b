using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Samples.Tests.C.Running;
using KernelSim.Samples.Tests.C.Suites;
using KernelSim.Tool.Bpf.Compiling;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C;

/// <summary>What <c>bpf compile</c> makes of an object, beside what it does when it runs.</summary>
public sealed class CompiledModuleTests
{
    private static readonly Guid s_sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16");

    [Fact]
    public void The_same_object_gives_the_same_bytes()
    {
        ModuleFiles first = CompiledModules.Compile("functions.o");
        ModuleFiles second = CompiledModules.Compile("functions.o");
        Assert.Equal(first.Assembly, second.Assembly);
        Assert.Equal(first.Symbols, second.Symbols);
        Assert.NotEqual(BuildOf(first), BuildOf(CompiledModules.Compile("counter.o")));
    }

    [Fact]
    public void Its_symbols_lead_to_the_lines_of_the_source()
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(
            new MemoryStream(CompiledModules.Compile("counter.o").Symbols));
        MetadataReader symbols = provider.GetMetadataReader();
        Document document = symbols.Documents.Select(symbols.GetDocument)
            .Single(d => symbols.GetString(d.Name).EndsWith("counter.c", StringComparison.Ordinal));
        string path = symbols.GetString(document.Name);
        Assert.Equal(SampleFiles.PathOf("counter.c"), path);
        Assert.Equal(s_sha256, symbols.GetGuid(document.HashAlgorithm));
        Assert.Equal(SHA256.HashData(File.ReadAllBytes(path)), symbols.GetBlobBytes(document.Hash));

        string[] source = File.ReadAllLines(path);
        HashSet<string> lines = [];
        foreach (MethodDebugInformation method in symbols.MethodDebugInformation.Select(symbols.GetMethodDebugInformation))
        {
            foreach (SequencePoint point in method.GetSequencePoints().Where(p => !p.IsHidden && IsOf(symbols, p, path)))
            {
                lines.Add(source[point.StartLine - 1][(point.StartColumn - 1)..(point.EndColumn - 1)]);
            }
        }

        Assert.Contains("counters->packets++;", lines);
        Assert.DoesNotContain("", lines);
        Assert.Contains(symbols.LocalVariables, l => symbols.GetString(symbols.GetLocalVariable(l).Name) == "r6");
        Assert.Contains("bpf_map_update_elem(&stats, &port, &first, BPF_ANY);", lines);
    }

    [Fact]
    public void A_fault_stops_the_machine_at_a_line_of_the_source()
    {
        // A machine that has stopped takes no more calls: nothing on it can be closed.
        CSampleLab lab = new("missing_bounds_check.o", EbpfExecutionType.Native);
        using KernelSim.Nt.Machine machine = lab.Machine;
        lab.Object.Program("drop_by_marker").Attach();
        BugcheckException stop = Assert.Throws<BugcheckException>(() => lab.Network.DeliverPacket(0, 1, [1]));
        Assert.Contains("missing_bounds_check.c:", stop.Message, StringComparison.Ordinal);
        Assert.Contains("instruction", stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_object_of_the_suites_that_loads_also_loads_as_a_module()
    {
        int loaded = 0;
        foreach (string path in SuitePrograms.Names.Select(SuitePrograms.PathOf))
        {
            if (Programs(path, EbpfExecutionType.Jit) is { } programs)
            {
                Assert.Equal(programs, Programs(path, EbpfExecutionType.Native));
                loaded++;
            }
        }

        Assert.True(loaded > 10, $"{loaded} objects loaded");
    }

    /// <summary>The names of the programs of an object; null if it does not load.</summary>
    private static string[]? Programs(string path, EbpfExecutionType engine)
    {
        using CSampleLab lab = new();
        try
        {
            using BpfModule module = CompiledModules.Load(lab.Machine, lab.Session, path, engine);
            return [.. module.Programs.Select(p => p.Name)];
        }
        catch (BpfException) when (engine != EbpfExecutionType.Native)
        {
            return null;
        }
    }

    private static Guid BuildOf(ModuleFiles files)
    {
        using PEReader reader = new(new MemoryStream(files.Assembly));
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static bool IsOf(MetadataReader symbols, SequencePoint point, string path) =>
        symbols.GetString(symbols.GetDocument(point.Document).Name) == path;
}
