using KernelSim.UserMode;

namespace KernelSim.Testing.Tests.Explicit;

/// <summary>Tests that pass and leave something behind. They run in a process of their own (<see cref="Child.ChildRun"/>).</summary>
public sealed class LeavingTests : KernelTest
{
    [Fact(Explicit = true)]
    public void A_map() => Bpf.CreateHashMap<uint, ulong>("forgotten", maxEntries: 8)[1] = 2;

    [Fact(Explicit = true)]
    public async Task A_map_after_waiting()
    {
        await Task.Yield();
        A_map();
    }

    [Fact(Explicit = true)]
    public void Nothing()
    {
        using HashMap<uint, ulong> map = Bpf.CreateHashMap<uint, ulong>("closed", maxEntries: 8);
        map[1] = 2;
    }

    [Fact(Explicit = true)]
    public void A_map_on_a_second_machine()
    {
        Nothing();
        Boot().Bpf.CreateHashMap<uint, ulong>("second", maxEntries: 8);
    }
}
