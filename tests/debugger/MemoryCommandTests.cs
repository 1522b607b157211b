using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Messages;

namespace KernelSim.Debugger.Tests;

public sealed unsafe class MemoryCommandTests : IDisposable
{
    private readonly LocalMachine _local = new();

    public void Dispose() => _local.Dispose();

    [Fact]
    public void User_memory_is_shown_as_bytes_numbers_and_text()
    {
        ulong address = _local.Process.Put("kernel\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009"u8);

        ResultRow row = Assert.Single(_local.Rows($"db 0x{address:x} L 16"));

        Assert.Equal(address, row["address"]);
        Assert.Equal("6b65726e656c0001" + "0203040506070809", Convert.ToHexStringLower(row.Get<byte[]>("bytes")));
        Assert.Equal("kernel..........", row["text"]);
        Assert.Equal(["01006c65", "05040302"], Assert.Single(_local.Rows($"dd {address + 4:x} L2")).Get<string[]>("values"));
        Assert.Equal("kernel", Assert.Single(_local.Rows($"da {address:x}"))["text"]);
    }

    [Fact]
    public void Memory_ends_where_its_block_ends()
    {
        ulong address = _local.Process.Put(new byte[24]);

        Output.CommandResult result = _local.Run($"db {address:x} L 64");

        Assert.Equal(24, result.Tables[0].Rows.Sum(r => ((byte[])r[1]!).Length));
        Assert.Equal(["the memory ends after 24 bytes"], result.Notes);
    }

    [Fact]
    public void An_address_of_several_processes_needs_a_process()
    {
        PsProcess other = _local.Machine.Processes.Create();
        ulong address = _local.Process.Put([1]);
        Assert.Equal(address, other.Put([2]));

        Assert.Contains($"expected /p PID after it: processes {_local.Process.Id}, {other.Id} have", _local.Try($"db {address:x} L1").Error);
        Assert.Equal([2], Assert.Single(_local.Rows($"db {address:x} L1 /p {other.Id}")).Get<byte[]>("bytes"));
    }

    [Fact]
    public void Regions_have_the_protection_that_they_were_given()
    {
        ulong region = _local.Process.Memory.AllocateRegion(8192, PageProtection.ReadOnly);
        _local.Process.Memory.Protect(region, 4096, PageProtection.NoAccess);
        ulong block = _local.Process.Put(new byte[100]);

        IReadOnlyList<ResultRow> rows = _local.Rows($"!vad {_local.Process.Id}");

        ResultRow own = Assert.Single(rows, r => r.Get<ulong>("start") == region);
        Assert.Equal(("mixed", "region", 8192ul), (own["protection"], own["kind"], own["bytes"]));
        Assert.Equal("heap block", Assert.Single(rows, r => r.Get<ulong>("start") == block)["kind"]);
        Assert.Equal("user heap block", Assert.Single(_local.Rows($"!address {block + 99:x}"))["kind"]);
    }

    [Fact]
    public void Pointers_in_pool_are_tied_to_the_blocks_that_they_point_into()
    {
        PoolTag tag = new("tEsT");
        byte* target = _local.Machine.Pool.Allocate(64, tag);
        byte** holder = (byte**)_local.Machine.Pool.Allocate(16, tag);
        holder[0] = target + 8;
        holder[1] = (byte*)1;

        IReadOnlyList<ResultRow> rows = _local.Rows($"dps {_local.Machine.Pool.VirtualAddressOf((byte*)holder):x} L 2");

        Assert.Equal(_local.Machine.Pool.VirtualAddressOf(target) + 8, rows[0]["points_to"]);
        Assert.Equal("block 'tEsT' + 0x8", rows[0]["what"]);
        Assert.Null(rows[1]["points_to"]);
        Assert.Null(rows[1]["what"]);
    }

    [Fact]
    public void A_structure_in_memory_has_the_fields_of_its_type()
    {
        ulong address = _local.Process.Put([24, 0, 0, 0, 5, 0, 0, 0]);

        IReadOnlyList<ResultRow> rows = _local.Rows($"dt OperationHeader {address:x}");

        Assert.Equal(["Length", "Id"], rows.Select(r => r["field"]));
        Assert.Equal(["24", OperationTable.All[5].Id.ToString()], rows.Select(r => r["value"]));
        Assert.Contains("expected an address in kernel memory", _local.Try("dt OperationHeader 10").Error);
        Assert.Contains("a structure: ", _local.Try($"dt Nothing {address:x}").Error);
    }

    [Theory]
    [InlineData("db")]
    [InlineData("db xyz")]
    [InlineData("db 0")]
    [InlineData("dq ffffffffffffffff")]
    [InlineData("db ffffffffffffffff L 65536")]
    [InlineData("db 10 L")]
    [InlineData("db 10 L 0")]
    [InlineData("db 10 L 4000000000")]
    [InlineData("db 10 /p")]
    [InlineData("db 10 what")]
    [InlineData("da 7fffffffffffffff")]
    [InlineData("dps 8000000000000000")]
    [InlineData("!pool ffff800000000000 more")]
    [InlineData("!pool 1")]
    [InlineData("!address 1")]
    [InlineData("!vad 3")]
    [InlineData("!irp 1")]
    [InlineData("!irp ffffffffffffffff")]
    [InlineData("!object nothing")]
    [InlineData("!drvobj nothing")]
    [InlineData("!devobj nothing")]
    [InlineData("!machine 99999999")]
    [InlineData("!machine -1")]
    [InlineData("!process 3")]
    [InlineData("!process 8 x")]
    [InlineData("!cpu 2")]
    [InlineData("!ioctldecode 100000000")]
    [InlineData("dumpobj 8")]
    [InlineData("dumpheap")]
    [InlineData("k")]
    [InlineData("gcroot 8")]
    [InlineData(".help nothing")]
    [InlineData(".logopen")]
    [InlineData(".logopen x")]
    [InlineData(".logclose")]
    [InlineData("nothing")]
    public void Wrong_arguments_are_one_line(string command)
    {
        string? error = _local.Try(command).Error;

        Assert.NotNull(error);
        Assert.DoesNotContain('\n', error);
        Assert.InRange(error.Length, 10, 300);
    }
}
