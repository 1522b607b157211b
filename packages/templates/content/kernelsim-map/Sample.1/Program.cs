using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.UserMode;
using SampleNamespace;

using Machine machine = Machine.Boot();
machine.LoadDriver(new ExpiringMapDriver(), out _);
machine.LoadDriver(new EbpfCoreDriver(), out _);
using BpfSession session = new(machine.Processes.Create().Gate);
using CustomMap<uint, ulong> map = session.CreateCustomMap<uint, ulong>(ExpiringMap.Type, "sessions", maxEntries: 16);

map[1] = 100;
Show("at once");
machine.Clock.Advance(TimeSpan.FromMilliseconds(700));
Show("700 ms later");
machine.Clock.Advance(TimeSpan.FromMilliseconds(700));
Show("1400 ms later");

void Show(string when) => Console.WriteLine($"{when,-13}  {(map.TryGet(1, out ulong value) ? $"key 1 has {value}" : "key 1 has expired")}");
