using System.Reflection;
using System.Xml.Linq;

namespace KernelSim.UserMode.Tests;

public class AssemblyReferenceTests
{
    [Fact]
    public void The_user_side_is_compiled_against_the_contract_and_the_trace_providers_only()
    {
        IEnumerable<string?> ours = typeof(Libbpf).Assembly.GetReferencedAssemblies()
            .Select(a => a.Name)
            .Where(name => name!.StartsWith("KernelSim", StringComparison.Ordinal));
        Assert.Equal(
            ["KernelSim.Bytecode", "KernelSim.Gate", "KernelSim.ObjectFiles", "KernelSim.Protocol", "KernelSim.Tracing"], ours.Order());
    }

    [Fact]
    public void Its_project_names_no_other_project_and_no_package()
    {
        XDocument project = XDocument.Load(Repository.PathOf("usermode-api", "KernelSim.UserMode.csproj"));
        IEnumerable<string> references = project.Descendants()
            .Where(e => e.Name.LocalName is "ProjectReference" or "PackageReference" or "Reference")
            .Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(["KernelSim.Bytecode", "KernelSim.ObjectFiles", "KernelSim.Protocol", "KernelSim.Tracing"], references.Order());
    }

    [Fact]
    public void What_it_is_compiled_against_knows_no_kernel_either()
    {
        foreach (AssemblyName name in typeof(Libbpf).Assembly.GetReferencedAssemblies())
        {
            if (name.Name!.StartsWith("KernelSim", StringComparison.Ordinal))
            {
                Assert.DoesNotContain(
                    Assembly.Load(name).GetReferencedAssemblies(), a => a.Name is "KernelSim.Nt" or "KernelSim.EbpfCore");
            }
        }
    }
}
