namespace KernelSim.Protocol.Tests;

public sealed class PerCpuLayoutTests
{
    public static TheoryData<uint, uint> PaddedSizes => new()
    {
        { 0, 0 }, { 1, 8 }, { 2, 8 }, { 3, 8 }, { 4, 8 }, { 5, 8 }, { 6, 8 }, { 7, 8 }, { 8, 8 },
        { 9, 16 }, { 10, 16 }, { 11, 16 }, { 12, 16 }, { 13, 16 }, { 14, 16 }, { 15, 16 }, { 16, 16 }, { 17, 24 },
    };

    public static TheoryData<uint, uint, int> PaddedSizesOnCpus
    {
        get
        {
            var data = new TheoryData<uint, uint, int>();
            foreach (TheoryDataRow<uint, uint> row in PaddedSizes)
            {
                foreach (int cpus in (int[])[1, 2, 64, 1024])
                {
                    data.Add(row.Data.Item1, row.Data.Item2, cpus);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PaddedSizes))]
    public void Sizes_are_rounded_up_to_8(uint size, uint padded) => Assert.Equal(padded, PerCpuLayout.Pad8(size));

    [Fact]
    public void Rounding_the_largest_size_up_does_not_wrap() => Assert.Equal(0x1_0000_0000UL, PerCpuLayout.Pad8(uint.MaxValue));

    [Theory]
    [MemberData(nameof(PaddedSizesOnCpus))]
    public void A_per_cpu_value_has_a_padded_slot_for_each_cpu(uint size, uint stride, int cpus)
    {
        foreach (BpfMapType type in (BpfMapType[])[BpfMapType.PercpuHash, BpfMapType.PercpuArray, BpfMapType.LruPercpuHash])
        {
            Assert.True(PerCpuLayout.TryCreate(type, size, cpus, out PerCpuLayout layout));
            Assert.True(layout.IsPerCpu);
            Assert.Equal(size, layout.ValueSize);
            Assert.Equal(stride, layout.Stride);
            Assert.Equal(stride - size, layout.Padding);
            Assert.Equal(cpus, layout.SlotCount);
            Assert.Equal(stride * (uint)cpus, layout.Total);
            Assert.Equal(0u, layout.SlotOffset(0));
            Assert.Equal(layout.Total - stride, layout.SlotOffset(cpus - 1));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(12u)]
    [InlineData(uint.MaxValue)]
    public void A_value_of_another_type_is_one_slot_without_padding_whatever_the_cpus(uint size)
    {
        foreach (BpfMapType type in Enum.GetValues<BpfMapType>().Where(t => !t.IsPerCpu()))
        {
            Assert.True(PerCpuLayout.TryCreate(type, size, 1024, out PerCpuLayout layout));
            Assert.False(layout.IsPerCpu);
            Assert.Equal((size, 1, size, 0u), (layout.Stride, layout.SlotCount, layout.Total, layout.Padding));
        }
    }

    [Theory]
    [InlineData(0xFFFF_FFF8u, 1, true)]
    [InlineData(0xFFFF_FFF9u, 1, false)]
    [InlineData(uint.MaxValue, 1, false)]
    [InlineData(0x7FFF_FFF8u, 2, true)]
    [InlineData(0x7FFF_FFF9u, 2, false)]
    [InlineData(0x03FF_FFF8u, 64, true)]
    [InlineData(0x03FF_FFF9u, 64, false)]
    [InlineData(0x003F_FFF8u, 1024, true)]
    [InlineData(0x003F_FFF9u, 1024, false)]
    public void A_value_whose_total_needs_more_than_32_bits_has_no_layout(uint size, int cpus, bool fits)
    {
        Assert.Equal(fits, PerCpuLayout.TryCreate(BpfMapType.PercpuHash, size, cpus, out PerCpuLayout layout));
        Assert.Equal(fits, layout != default);
    }

    [Fact]
    public void A_cpu_that_the_machine_does_not_have_has_no_slot()
    {
        Assert.True(PerCpuLayout.TryCreate(BpfMapType.PercpuHash, 8, 4, out PerCpuLayout layout));
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.SlotOffset(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.SlotOffset(4));
    }

    [Fact]
    public void The_formula_reads_as_people_say_it()
    {
        Assert.True(PerCpuLayout.TryCreate(BpfMapType.PercpuHash, 12, 4, out PerCpuLayout perCpu));
        Assert.Equal("pad8(12) x 4 CPUs = 64", perCpu.Formula);
        Assert.True(PerCpuLayout.TryCreate(BpfMapType.Hash, 12, 4, out PerCpuLayout plain));
        Assert.Equal("value_size = 12", plain.Formula);
    }
}
