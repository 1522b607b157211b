using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Epochs;

/// <summary>Operation 44.</summary>
public class SynchronizeTests
{
    [Fact]
    public void It_answers_once_a_batch_that_was_being_read_has_ended_though_nothing_else_happens_then()
    {
        using EbpfMachine machine = new(2);
        TestMap map = machine.User.NewMap(BpfMapType.Hash, maxEntries: 5000);
        map.Fill(5000);
        EbpfUser other = machine.NewUser();
        for (int i = 0; i < 200; i++)
        {
            using Barrier start = new(2);
            HostThreads.Run(
                () =>
                {
                    start.WaitFor("the other thread");
                    map.GetBatch(5000).Expect(EbpfResult.Success);
                },
                () =>
                {
                    start.WaitFor("the other thread");
                    Answer answer = other.Send(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest));
                    answer.Expect(EbpfResult.Success);
                    Assert.Equal(0u, answer.Information);
                });
        }
    }
}
