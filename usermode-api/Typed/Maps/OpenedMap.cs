using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A map that a session has opened, for a typed map to take over.</summary>
internal readonly record struct OpenedMap(int Descriptor, MapShape Shape);
