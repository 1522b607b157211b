using System.Reflection;
using System.Xml.Linq;

namespace KernelSim.Samples.Tests;

/// <summary>The kernel, and drivers without eBPF with their user sides, share the gate and know nothing of eBPF.</summary>
public sealed class GateReferenceTests
{
    private static readonly string[] s_allowed =
        ["KernelSim.Gate", "KernelSim.Nt", "KernelSim.Tracing", "KernelSim.Samples.Mailbox.Contract"];

    public static TheoryData<string> Assemblies =>
    [
        "KernelSim.Nt",
        "KernelSim.Samples.Echo",
        "KernelSim.Samples.Mailbox.Contract",
        "KernelSim.Samples.Mailbox.Driver",
        "KernelSim.Samples.Mailbox.User",
    ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void What_knows_nothing_of_ebpf_is_compiled_against_the_gate_only(string assembly)
    {
        string[] references =
        [
            .. Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!)
                .Where(n => n.StartsWith("KernelSim", StringComparison.Ordinal)),
        ];
        Assert.Contains("KernelSim.Gate", references);
        Assert.Empty(references.Except(s_allowed));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Its_project_names_the_gate_and_not_the_protocol(string assembly)
    {
        IEnumerable<string> references = References(ProjectOf(assembly));
        Assert.Contains("KernelSim.Gate", references);
        Assert.Empty(references.Except(s_allowed));
    }

    [Fact]
    public void The_gate_references_nothing()
    {
        Assembly gate = typeof(Protocol.Gate.ISystemGate).Assembly;
        Assert.Equal("KernelSim.Gate", gate.GetName().Name);
        Assert.DoesNotContain(gate.GetReferencedAssemblies(), a => a.Name!.StartsWith("KernelSim", StringComparison.Ordinal));
        Assert.Empty(References(ProjectOf("KernelSim.Gate")));
    }

    private static string[] References(string project) =>
    [
        .. XDocument.Load(project).Descendants()
            .Where(e => e.Name.LocalName is "ProjectReference" or "PackageReference" or "Reference")
            .Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/'))),
    ];

    private static string ProjectOf(string assembly) =>
        Directory.EnumerateFiles(Repository.Root, assembly + ".csproj", SearchOption.AllDirectories).Single();
}
