using System.Reflection;
using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.ObjectFiles;
using KernelSim.Samples.SampleExt;

namespace KernelSim.Samples.Tests.C;

/// <summary>Holds the contexts in the headers of <c>samples/c</c> to those that the extensions pass, by the types in an object.</summary>
public sealed class ContextLayoutTests
{
    [Theory]
    [InlineData("counter.o", "xdp_md_", typeof(XdpMd))]
    [InlineData("connect_log.o", "bpf_sock_addr", typeof(BpfSockAddr))]
    [InlineData("globals.o", "_bind_md", typeof(BindMd))]
    [InlineData("open_connections.o", "_bpf_sock_ops", typeof(BpfSockOps))]
    [InlineData("find_and_replace.o", "_sample_program_context", typeof(SampleProgramContext))]
    public void A_context_in_C_is_the_one_that_the_extension_passes(string name, string structure, Type passed)
    {
        Assert.True(BpfObjectFile.TryRead(File.ReadAllBytes(SampleFiles.PathOf(name)), name, out BpfObjectFile? file, out _));
        BtfType declared = file.Types!.All().Single(t => t.Kind == BtfKind.Struct && t.Name == structure);

        Assert.Equal((uint)Marshal.SizeOf(passed), declared.Size);
        Assert.Equal(
            Fields(passed).Select(f => (Plain(f.Name), f.Offset)).Order(),
            Fields(file.Types, declared, 0).Select(f => (Plain(f.Name), f.Offset)).Order());
    }

    private static IEnumerable<(string Name, uint Offset)> Fields(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Instance)
        .Select(f => (f.Name, (uint)Marshal.OffsetOf(type, f.Name)));

    /// <summary>The fields of a structure, with those of structures and unions in it that have no name.</summary>
    private static IEnumerable<(string Name, uint Offset)> Fields(BtfTypeTable types, BtfType structure, uint start) => structure.Members()
        .SelectMany(m => m.Name.Length > 0
            ? [(m.Name, start + (m.Value / 8))]
            : Fields(types, types.Resolve(m.Type), start + (m.Value / 8)));

    /// <summary>A name without what only one of the languages has: <c>user_ip4</c>, <c>UserIp4</c>.</summary>
    private static string Plain(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}
