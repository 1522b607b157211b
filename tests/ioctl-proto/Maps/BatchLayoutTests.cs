namespace KernelSim.Protocol.Tests;

public sealed class BatchLayoutTests
{
    /// <summary>Key size, one CPU's value size, CPUs, then elements of an update, a delete and a lookup message.</summary>
    public static TheoryData<uint, uint, int, int, int, int> ChunkSizes => new()
    {
        { 4, 8, 1, 5459, 16379, 5460 },
        { 4, 8, 8, 963, 16379, 963 },
        { 4, 8, 2, 3275, 16379, 3276 },
        { 4, 8, 64, 126, 16379, 126 },
        { 4, 8, 1024, 7, 16379, 7 },
        { 4, 12, 4, 963, 16379, 963 },
        { 8, 1, 1, 4094, 8189, 4095 },
        { 1, 1, 1, 7279, 65519, 7280 },
        { 16, 64, 1024, 0, 4094, 0 },
        { 65519, 8, 1, 0, 1, 1 },
        { 65519, 9, 1, 0, 1, 0 },
        { 65520, 8, 1, 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void A_message_holds_as_many_elements_as_its_64_KiB_allow(
        uint keySize, uint valueSize, int cpus, int updates, int deletes, int lookups)
    {
        Assert.True(PerCpuLayout.TryCreate(BpfMapType.PercpuHash, valueSize, cpus, out PerCpuLayout value));
        var layout = new BatchLayout(keySize, value);
        Assert.Equal((updates, deletes, lookups), (layout.UpdatesPerMessage, layout.DeletesPerMessage, layout.LookupsPerMessage));
        Assert.Equal(keySize + (long)value.Total, layout.RecordBytes);
    }

    [Fact]
    public void A_full_message_fits_and_one_element_more_does_not()
    {
        for (uint key = 1; key < 70_000; key = (key * 3 / 2) + 1)
        {
            for (uint value = 0; value < 70_000; value = (value * 3 / 2) + 1)
            {
                var layout = new BatchLayout(key, value);
                AssertFull(layout.UpdatesPerMessage, layout.UpdateRequestBytes);
                AssertFull(layout.DeletesPerMessage, layout.DeleteRequestBytes);
                AssertFull(layout.LookupsPerMessage, layout.LookupReplyBytes);
            }
        }
    }

    [Fact]
    public void The_library_before_the_fix_counts_with_the_value_of_one_cpu()
    {
        Assert.True(PerCpuLayout.TryCreate(BpfMapType.PercpuHash, 8, 8, out PerCpuLayout value));
        var believed = new BatchLayout(4, value.ValueSize);
        Assert.Equal(12, believed.RecordBytes);
        Assert.Equal(5460, believed.LookupsPerMessage);
        Assert.Equal(68, new BatchLayout(4, value).RecordBytes);
    }

    [Fact]
    public void Requests_and_replies_have_the_sizes_of_their_layouts()
    {
        var layout = new BatchLayout(4, 64u);
        Assert.Equal(20, layout.UpdateRequestBytes(0));
        Assert.Equal(20 + (3 * 68), layout.UpdateRequestBytes(3));
        Assert.Equal(16 + (3 * 4), layout.DeleteRequestBytes(3));
        Assert.Equal(17, layout.LookupRequestBytes(hasPreviousKey: false));
        Assert.Equal(21, layout.LookupRequestBytes(hasPreviousKey: true));
        Assert.Equal(8 + (3 * 68), layout.LookupReplyBytes(3));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void Sizes_that_fit_no_message_fit_zero_elements(uint key, uint value)
    {
        var layout = new BatchLayout(key, value);
        Assert.Equal((0, 0, 0), (layout.UpdatesPerMessage, layout.DeletesPerMessage, layout.LookupsPerMessage));
    }

    [Theory]
    [InlineData(0, 963, 0)]
    [InlineData(1, 963, 1)]
    [InlineData(962, 963, 1)]
    [InlineData(963, 963, 1)]
    [InlineData(964, 963, 2)]
    [InlineData(1926, 963, 2)]
    [InlineData(int.MaxValue, 1, int.MaxValue)]
    public void A_call_takes_as_many_messages_as_its_elements_fill(int elements, int perMessage, int messages) =>
        Assert.Equal(messages, BatchLayout.MessagesFor(elements, perMessage));

    [Fact]
    public void The_formulas_read_as_people_write_them()
    {
        var layout = new BatchLayout(4, 64u);
        Assert.Equal("(65535 - 20) / (4 + 64) = 963", layout.UpdateFormula);
        Assert.Equal("(65535 - 16) / 4 = 16379", layout.DeleteFormula);
        Assert.Equal("(65535 - 8) / (4 + 64) = 963", layout.LookupFormula);
    }

    private static void AssertFull(int elements, Func<int, long> bytes)
    {
        Assert.True(elements == 0 || bytes(elements) <= EbpfDevice.MaxMessageBytes);
        Assert.True(bytes(elements + 1) > EbpfDevice.MaxMessageBytes);
    }
}
