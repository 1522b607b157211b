using System.Globalization;
using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Tests.Support;

namespace KernelSim.ObjectFiles.Tests;

/// <summary>Real objects with random damage: each is read, or refused with a problem. A failure names the seed, which repeats it.</summary>
public class FuzzTests
{
    private const int FewMutations = 400;
    private const int ManyMutations = 125_000;

    public static TheoryData<string> Objects => [.. TestObject.All];

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_mutated_object_is_read_or_refused(string name) => Mutate(name, FewMutations);

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_hundred_thousand_mutated_objects_are_read_or_refused(string name)
    {
        LongRuns.Require();
        Mutate(name, ManyMutations);
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        Random random = new(1);
        byte[] bytes = new byte[512];
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(bytes);
            Assert.False(BpfObjectFile.TryRead(bytes, "random.o", out _, out ObjectProblem? problem));
            Assert.NotNull(problem);
        }
    }

    private static void Mutate(string name, int count)
    {
        byte[] original = TestObject.Bytes(name);
        for (int seed = 0; seed < count; seed++)
        {
            byte[] mutated = new Mutation(original, seed).Bytes;
            try
            {
                if (BpfObjectFile.TryRead(mutated, $"{name}.o", out BpfObjectFile? file, out ObjectProblem? problem))
                {
                    Look(file);
                }
                else
                {
                    Assert.NotEmpty(problem.Text);
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{name}.o with seed {seed}: {e}"));
            }
        }
    }

    // What the reader left for later is decoded too.
    private static void Look(BpfObjectFile file)
    {
        foreach (ObjectProgram program in file.Programs)
        {
            for (int i = 0; i < program.Instructions.Length; i++)
            {
                Assert.NotNull(Disassembly.TextOf(program.Instructions.AsSpan(), i));
                _ = program.LineOf(i) is { } line && line.File.Length + line.Text.Length + line.Line > 0;
            }

            Assert.All(program.MapReferences, r => Assert.InRange(r.Map, 0, file.Maps.Length - 1));
            Assert.All(program.ExternReferences, r => Assert.InRange(r.Extern, 0, file.Externs.Length - 1));
        }

        foreach (BtfType type in file.Types?.All() ?? [])
        {
            Assert.NotNull(type.Name);
            Assert.True(type.Members().All(m => m.Name is not null));
            _ = file.Types!.SizeOf(type.Id);
        }
    }
}
