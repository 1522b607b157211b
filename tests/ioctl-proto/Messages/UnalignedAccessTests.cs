using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Tests;

public sealed class UnalignedAccessTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_request_of_17_bytes_is_written_and_read_back_at_any_address(int address)
    {
        byte[] memory = new byte[address + MapGetNextKeyValueBatchRequest.TailOffset + 1];
        memory[^1] = 0xEE;
        var request = new MapGetNextKeyValueBatchRequest
        {
            Header = new OperationHeader { Length = 21, Id = EbpfOperationId.MapGetNextKeyValueBatch },
            Handle = new NtHandle(0x1122334455667788),
            FindAndDelete = 1,
        };

        MemoryMarshal.Write(memory.AsSpan(address), in request);
        byte[] expected = [21, 0, 0, 0, 36, 0, 0, 0, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 1, 0xEE];
        Assert.Equal(expected, memory.AsSpan(address).ToArray());

        MapGetNextKeyValueBatchRequest read = MemoryMarshal.Read<MapGetNextKeyValueBatchRequest>(memory.AsSpan(address));
        Assert.Equal(request.Handle, read.Handle);
        Assert.Equal(request.FindAndDelete, read.FindAndDelete);
        Assert.Equal(request.Header.Length, read.Header.Length);
        Assert.Equal(request.Header.Id, read.Header.Id);
    }

    [Fact]
    public void A_name_in_an_info_structure_ends_at_its_first_zero_byte()
    {
        var info = default(BpfMapInfo);
        "counters"u8.CopyTo(info.Name);
        Assert.Equal("counters", info.Name.ToString());
        ((Span<byte>)info.Name).Fill((byte)'x');
        Assert.Equal(new string('x', EbpfLimits.MapNameLength), info.Name.ToString());
    }
}
