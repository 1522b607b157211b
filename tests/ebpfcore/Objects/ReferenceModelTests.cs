namespace KernelSim.EbpfCore.Tests.Objects;

/// <summary>Reference counts against a model: long random runs of everything that holds objects, lets go of them, or ends.</summary>
public class ReferenceModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void An_object_is_there_as_long_as_somebody_holds_it_and_in_the_end_nothing_is_left(int seed)
    {
        using ReferenceRun run = new(seed);
        for (int step = 0; step < 600; step++)
        {
            run.Step();
            if (step % 10 == 9)
            {
                run.Compare();
            }
        }

        run.End();
    }
}
