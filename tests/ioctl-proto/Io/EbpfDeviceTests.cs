using System.Text.Json;

namespace KernelSim.Protocol.Tests;

public sealed class EbpfDeviceTests
{
    [Fact]
    public void The_device_is_named_and_asked_as_the_reference_says()
    {
        JsonElement device = Reference.Protocol.GetProperty("device");
        Assert.Equal(EbpfDevice.DeviceName, device.Text("kernel_device_name"));
        Assert.Equal(EbpfDevice.SymbolicLink, device.Text("symbolic_link"));
        Assert.Equal(EbpfDevice.Win32Name, device.Text("win32_name"));
        Assert.Equal(EbpfDevice.MaxMessageBytes, device.Int("max_message_bytes"));
    }

    [Fact]
    public void The_control_code_is_put_together_and_taken_apart_as_the_reference_says()
    {
        JsonElement ioctl = Reference.Protocol.GetProperty("device").GetProperty("ioctl");
        JsonElement parts = ioctl.GetProperty("ctl_code");
        IoControlCode code = EbpfDevice.ControlCode;
        Assert.Equal((uint)ioctl.Int("value"), code.Value);
        Assert.Equal(parts.Int("device_type"), code.DeviceType);
        Assert.Equal(parts.Int("function"), code.Function);
        Assert.Equal(parts.Int("method"), (int)code.Method);
        Assert.Equal(parts.Int("access"), code.Access);
        Assert.Contains(ioctl.Text("value_hex"), code.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x12, 0x900, IoMethod.Neither, 3)]
    [InlineData(0xFFFF, 0xFFF, IoMethod.OutDirect, 1)]
    [InlineData(0, 0, IoMethod.Buffered, 0)]
    public void Any_control_code_comes_apart_into_what_it_was_made_of(int device, int function, IoMethod method, byte access)
    {
        var code = new IoControlCode((ushort)device, (ushort)function, method, access);
        Assert.Equal((device, function, method, access), (code.DeviceType, code.Function, code.Method, code.Access));
    }
}
