using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Ke;

/// <content>Where the thread's borrowed references are listed.</content>
public sealed partial class KeThread
{
    internal BorrowList Borrows => field ??= Machine.Borrowed.ListOf(HomeNumber);
}
