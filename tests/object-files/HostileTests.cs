using KernelSim.ObjectFiles.Tests.Damage;

namespace KernelSim.ObjectFiles.Tests;

/// <summary>Files that are well formed and made to cost: the test's limit is that of every test.</summary>
public class HostileTests
{
    private const int Many = 60_000;

    [Fact]
    public void Very_many_labels_at_one_place_are_names_of_one_function()
    {
        DamagedObject file = new("labels");
        Multiply(file, file.Symbol("pass"), Many);
        Assert.True(BpfObjectFile.TryRead(file.Bytes, "labels.o", out BpfObjectFile? read, out ObjectProblem? problem), problem?.Text);
        Assert.Equal(Many + 1, read.Functions.Count(f => f.Name == "pass"));
    }

    [Fact]
    public void Very_many_functions_that_call_each_other_in_a_row_are_linked()
    {
        const int count = 50_000;
        DamagedObject file = new("labels");
        byte[] code = new byte[count * 8];
        for (int i = 0; i < count; i++)
        {
            // call the next one; the last one exits.
            byte[] instruction = i == count - 1 ? [0x95, 0, 0, 0, 0, 0, 0, 0] : [0x85, 0x10, 0, 0, 0, 0, 0, 0];
            instruction.CopyTo(code, i * 8);
        }

        file.Replace("xdp", code);
        int pass = file.Symbol("pass");
        file.Set64(pass + 8, 0);
        file.Set64(file.Symbol("drop") + 8, 8);
        Multiply(file, pass, count - 2, (row, i) => file.Set64(row + 8, (ulong)(i + 2) * 8));
        MakeStatic(file, except: 0);
        Assert.True(BpfObjectFile.TryRead(file.Bytes, "labels.o", out BpfObjectFile? read, out ObjectProblem? problem), problem?.Text);
        Assert.Contains(read.Programs, p => p.Instructions.Length == count && p.Functions.Length == count);
    }

    // Appends copies of a symbol.
    private static void Multiply(DamagedObject file, int symbol, int count, Action<int, int>? change = null)
    {
        byte[] row = file.Bytes[symbol..(symbol + 24)];
        int start = file.Start(".symtab");
        byte[] table = file.Bytes[start..(start + file.Size(".symtab"))];
        file.Replace(".symtab", [.. table, .. Enumerable.Repeat(row, count).SelectMany(r => r)]);
        int first = file.Start(".symtab") + table.Length;
        for (int i = 0; i < count && change is not null; i++)
        {
            change(first + (24 * i), i);
        }
    }

    // All symbols of functions but that at an offset: typed functions, and local ones.
    private static void MakeStatic(DamagedObject file, ulong except)
    {
        int section = file.Section("xdp");
        int end = file.Start(".symtab") + file.Size(".symtab");
        for (int row = file.Start(".symtab"); row < end; row += 24)
        {
            if (file.Get16(row + 6) == section && (file.Bytes[row + 4] & 15) == 0)
            {
                file.Set8(row + 4, file.Get64(row + 8) == except ? 0x12 : 0x02);
            }
        }
    }
}
