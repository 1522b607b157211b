using KernelSim.ObjectFiles.Tests.Damage;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Tests;

public class RefusalTests
{
    private static readonly EbpfCheck[] s_checks = [.. CheckTable.All.Where(c => c.Id.Split('.')[0] is "elf" or "btf" or "maps")];

    private static readonly DamageCase[] s_cases = [.. ElfDamage.All, .. CodeDamage.All, .. BtfDamage.All, .. MapDamage.All];

    public static TheoryData<int, string> Cases { get; } = [.. s_cases.Select((c, i) => (i, c.Rule))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_damaged_object_is_refused_by_the_rule_that_it_breaks(int index, string rule)
    {
        DamageCase damage = s_cases[index];
        DamagedObject file = new(damage.Object);
        damage.Do(file);
        Assert.False(BpfObjectFile.TryRead(file.Bytes, "damaged.o", out _, out ObjectProblem? problem), "It was read.");
        Assert.Equal(rule, problem.Check.Id);
        Assert.InRange(problem.Offset, 0, file.Length);
        Assert.NotEmpty(problem.Field);
    }

    [Fact]
    public void Each_rule_has_such_an_object() => Assert.Equal(
        s_checks.Select(c => c.Id).Order(StringComparer.Ordinal),
        s_cases.Select(c => c.Rule).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_problem_is_one_line_with_field_offset_and_both_numbers()
    {
        DamagedObject file = new("counter");
        file.Set16(18, 62);
        Assert.False(BpfObjectFile.TryRead(file.Bytes, "counter.o", out _, out ObjectProblem? problem));
        Assert.Equal("counter.o: e_machine at offset 0x12: 62 given, expected 247 (EM_BPF) [elf.machine]", problem.Text);
        Assert.Equal((62, 247, CheckRelation.Equal), (problem.Given, problem.Expected, problem.Check.Relation));
    }

    [Fact]
    public void The_end_of_a_file_at_any_place_is_a_problem()
    {
        byte[] whole = new DamagedObject("counter").Bytes;
        for (int length = 0; length < whole.Length; length += 7)
        {
            bool read = BpfObjectFile.TryRead(whole.AsSpan(0, length), "cut.o", out _, out ObjectProblem? problem);
            Assert.False(read, $"The first {length} bytes were read.");
            Assert.NotNull(problem);
        }
    }
}
