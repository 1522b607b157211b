using System.Text;
using KernelSim.Protocol.Modules;

namespace KernelSim.Protocol.Tests;

public sealed class NativeModuleFileTests
{
    private static readonly NativeModuleFile s_file = new()
    {
        Maps = [new("stats", BpfMapType.PercpuArray, 4, 8, 1, EbpfPinType.ByName), new("outer", BpfMapType.ArrayOfMaps, 4, 4, 2, InnerMap: "stats")],
        Programs = [new("count", "xdp/count", ProgramTypeTable.Xdp, AttachTypeTable.Find(BpfAttachType.Xdp)!.Id, [0], [1, 2], 42, "AQI=")],
        InitialValues = [new("outer", ["stats", null])],
        GlobalVariables = [new("stats", new byte[] { 1, 0, 255 })],
    };

    [Fact]
    public void A_module_is_read_back_as_it_was_written()
    {
        NativeModuleFile read = NativeModuleFile.TryParse(s_file.ToBytes())!;
        Assert.Equal(s_file.Maps, read.Maps);
        Assert.Equivalent(s_file.Programs, read.Programs, strict: true);
        Assert.Equivalent(s_file.InitialValues, read.InitialValues, strict: true);
        Assert.Equal([1, 0, 255], Assert.Single(read.GlobalVariables).Contents.ToArray());
        Assert.Equal(NativeModuleFile.CurrentCompiler, read.Bpf2cVersion);
    }

    [Fact]
    public void The_same_module_is_the_same_bytes_and_changed_code_is_not()
    {
        Assert.Equal(s_file.ToBytes(), s_file.ToBytes());
        NativeModuleFile changed = s_file with { Programs = [s_file.Programs[0] with { Code = "AQM=" }] };
        Assert.NotEqual(s_file.ToBytes(), changed.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u007fELF")]
    [InlineData("[]")]
    [InlineData("{\"maps\":7}")]
    [InlineData("{\"colour\":\"blue\"}")]
    public void What_is_no_module_is_not_read(string text) => Assert.Null(NativeModuleFile.TryParse(Encoding.UTF8.GetBytes(text)));
}
