using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Bytecode.Interpreter;

/// <summary>
/// A program that is executed step by step. Each call in progress has its own registers, so a called function cannot change its caller's; it starts
/// with zeros, but for its arguments and its frame. The loop is one method of many short cases: a switch over dense codes is as fast as it gets here.
/// </summary>
internal sealed unsafe class InterpretedProgram : IBytecodeProgram
{
    private const int Registers = 11;

    private readonly BytecodeImage _image;
    private readonly Step[] _steps;
    private readonly int _used;
    private readonly long _unwindHelper;

    public InterpretedProgram(BytecodeImage image, int frames)
    {
        _image = image;
        _used = StackUse.Of(image, frames);
        _steps = Step.Of(image.Instructions);
        _unwindHelper = image.UnwindHelper ?? -1L;
    }

    /// <summary>What <see cref="Execute"/> is made for: with or without an observer.</summary>
    private interface IObserving;

    [SkipLocalsInit]
    public ulong Run(ref BytecodeRun run)
    {
        byte* stack = stackalloc byte[BytecodeRun.FrameSize * BytecodeRun.MaxFrames];
        byte* top = stack + (BytecodeRun.FrameSize * BytecodeRun.MaxFrames);
        new Span<byte>(top - _used, _used).Clear();
        run.Start(_image, top);
        try
        {
            return run.Observer is null ? Execute<Unobserved>(ref run, top) : Execute<Observed>(ref run, top);
        }
        finally
        {
            run.Finish();
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong Execute<TObserving>(ref BytecodeRun run, byte* top)
        where TObserving : struct, IObserving
    {
        ulong* r = stackalloc ulong[Registers * BytecodeRun.MaxFrames];
        Step** returns = stackalloc Step*[BytecodeRun.MaxFrames];
        Step* code = (Step*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_steps));
        Step* step = code - 1;
        int frame = 1;
        int ticks = 0;
        ulong low = (ulong)top - BytecodeRun.FrameSize;
        ulong room = BytecodeRun.FrameSize;
        ulong address;
        new Span<ulong>(r, Registers).Clear();
        r[1] = run.R1;
        r[2] = run.R2;
        r[Opcodes.FramePointer] = (ulong)top;
        while (true)
        {
            step++;
            if (typeof(TObserving) == typeof(Observed))
            {
                run.CurrentInstruction = (int)(step - code);
                run.CurrentFrames = frame;
                run.Observer!.OnInstruction(ref run, run.CurrentInstruction, new(r, Registers));
                if (run.HasEnded)
                {
                    goto Ended;
                }
            }

            switch (step->Code)
            {
                case StepCode.Add32K: r[step->Destination] = (uint)((uint)r[step->Destination] + (uint)step->Immediate); break;
                case StepCode.Add32X: r[step->Destination] = (uint)((uint)r[step->Destination] + (uint)r[step->Source]); break;
                case StepCode.Add64K: r[step->Destination] += (ulong)step->Immediate; break;
                case StepCode.Add64X: r[step->Destination] += r[step->Source]; break;
                case StepCode.Sub32K: r[step->Destination] = (uint)((uint)r[step->Destination] - (uint)step->Immediate); break;
                case StepCode.Sub32X: r[step->Destination] = (uint)((uint)r[step->Destination] - (uint)r[step->Source]); break;
                case StepCode.Sub64K: r[step->Destination] -= (ulong)step->Immediate; break;
                case StepCode.Sub64X: r[step->Destination] -= r[step->Source]; break;
                case StepCode.Mul32K: r[step->Destination] = (uint)((uint)r[step->Destination] * (uint)step->Immediate); break;
                case StepCode.Mul32X: r[step->Destination] = (uint)((uint)r[step->Destination] * (uint)r[step->Source]); break;
                case StepCode.Mul64K: r[step->Destination] *= (ulong)step->Immediate; break;
                case StepCode.Mul64X: r[step->Destination] *= r[step->Source]; break;
                case StepCode.Div32K: r[step->Destination] = Arithmetic.Divide32((uint)r[step->Destination], (uint)step->Immediate); break;
                case StepCode.Div32X: r[step->Destination] = Arithmetic.Divide32((uint)r[step->Destination], (uint)r[step->Source]); break;
                case StepCode.Div64K: r[step->Destination] = Arithmetic.Divide64(r[step->Destination], (ulong)step->Immediate); break;
                case StepCode.Div64X: r[step->Destination] = Arithmetic.Divide64(r[step->Destination], r[step->Source]); break;
                case StepCode.Mod32K: r[step->Destination] = Arithmetic.Remainder32((uint)r[step->Destination], (uint)step->Immediate); break;
                case StepCode.Mod32X: r[step->Destination] = Arithmetic.Remainder32((uint)r[step->Destination], (uint)r[step->Source]); break;
                case StepCode.Mod64K: r[step->Destination] = Arithmetic.Remainder64(r[step->Destination], (ulong)step->Immediate); break;
                case StepCode.Mod64X: r[step->Destination] = Arithmetic.Remainder64(r[step->Destination], r[step->Source]); break;
                case StepCode.SDiv32K: r[step->Destination] = Arithmetic.DivideSigned32((uint)r[step->Destination], (uint)step->Immediate); break;
                case StepCode.SDiv32X: r[step->Destination] = Arithmetic.DivideSigned32((uint)r[step->Destination], (uint)r[step->Source]); break;
                case StepCode.SDiv64K: r[step->Destination] = Arithmetic.DivideSigned64(r[step->Destination], (ulong)step->Immediate); break;
                case StepCode.SDiv64X: r[step->Destination] = Arithmetic.DivideSigned64(r[step->Destination], r[step->Source]); break;
                case StepCode.SMod32K: r[step->Destination] = Arithmetic.RemainderSigned32((uint)r[step->Destination], (uint)step->Immediate); break;
                case StepCode.SMod32X: r[step->Destination] = Arithmetic.RemainderSigned32((uint)r[step->Destination], (uint)r[step->Source]); break;
                case StepCode.SMod64K: r[step->Destination] = Arithmetic.RemainderSigned64(r[step->Destination], (ulong)step->Immediate); break;
                case StepCode.SMod64X: r[step->Destination] = Arithmetic.RemainderSigned64(r[step->Destination], r[step->Source]); break;
                case StepCode.Or32K: r[step->Destination] = (uint)r[step->Destination] | (uint)step->Immediate; break;
                case StepCode.Or32X: r[step->Destination] = (uint)r[step->Destination] | (uint)r[step->Source]; break;
                case StepCode.Or64K: r[step->Destination] |= (ulong)step->Immediate; break;
                case StepCode.Or64X: r[step->Destination] |= r[step->Source]; break;
                case StepCode.And32K: r[step->Destination] = (uint)r[step->Destination] & (uint)step->Immediate; break;
                case StepCode.And32X: r[step->Destination] = (uint)r[step->Destination] & (uint)r[step->Source]; break;
                case StepCode.And64K: r[step->Destination] &= (ulong)step->Immediate; break;
                case StepCode.And64X: r[step->Destination] &= r[step->Source]; break;
                case StepCode.Xor32K: r[step->Destination] = (uint)r[step->Destination] ^ (uint)step->Immediate; break;
                case StepCode.Xor32X: r[step->Destination] = (uint)r[step->Destination] ^ (uint)r[step->Source]; break;
                case StepCode.Xor64K: r[step->Destination] ^= (ulong)step->Immediate; break;
                case StepCode.Xor64X: r[step->Destination] ^= r[step->Source]; break;
                case StepCode.Lsh32K: r[step->Destination] = (uint)r[step->Destination] << (int)step->Immediate; break;
                case StepCode.Lsh32X: r[step->Destination] = (uint)r[step->Destination] << (int)r[step->Source]; break;
                case StepCode.Lsh64K: r[step->Destination] <<= (int)step->Immediate; break;
                case StepCode.Lsh64X: r[step->Destination] <<= (int)r[step->Source]; break;
                case StepCode.Rsh32K: r[step->Destination] = (uint)r[step->Destination] >> (int)step->Immediate; break;
                case StepCode.Rsh32X: r[step->Destination] = (uint)r[step->Destination] >> (int)r[step->Source]; break;
                case StepCode.Rsh64K: r[step->Destination] >>= (int)step->Immediate; break;
                case StepCode.Rsh64X: r[step->Destination] >>= (int)r[step->Source]; break;
                case StepCode.Arsh32K: r[step->Destination] = (uint)((int)r[step->Destination] >> (int)step->Immediate); break;
                case StepCode.Arsh32X: r[step->Destination] = (uint)((int)r[step->Destination] >> (int)r[step->Source]); break;
                case StepCode.Arsh64K: r[step->Destination] = (ulong)((long)r[step->Destination] >> (int)step->Immediate); break;
                case StepCode.Arsh64X: r[step->Destination] = (ulong)((long)r[step->Destination] >> (int)r[step->Source]); break;
                case StepCode.Mov32K: r[step->Destination] = (uint)step->Immediate; break;
                case StepCode.Mov32X: r[step->Destination] = (uint)r[step->Source]; break;
                case StepCode.Mov64K: r[step->Destination] = (ulong)step->Immediate; break;
                case StepCode.Mov64X: r[step->Destination] = r[step->Source]; break;
                case StepCode.Neg32: r[step->Destination] = (uint)-(int)r[step->Destination]; break;
                case StepCode.Neg64: r[step->Destination] = (ulong)-(long)r[step->Destination]; break;
                case StepCode.Swap16: r[step->Destination] = BinaryPrimitives.ReverseEndianness((ushort)r[step->Destination]); break;
                case StepCode.Swap32: r[step->Destination] = BinaryPrimitives.ReverseEndianness((uint)r[step->Destination]); break;
                case StepCode.Swap64: r[step->Destination] = BinaryPrimitives.ReverseEndianness(r[step->Destination]); break;
                case StepCode.Low16: r[step->Destination] = (ushort)r[step->Destination]; break;
                case StepCode.Low32: r[step->Destination] = (uint)r[step->Destination]; break;
                case StepCode.Nothing: break;
                case StepCode.Extend8To32: r[step->Destination] = (uint)(int)(sbyte)r[step->Source]; break;
                case StepCode.Extend16To32: r[step->Destination] = (uint)(int)(short)r[step->Source]; break;
                case StepCode.Extend8To64: r[step->Destination] = (ulong)(sbyte)r[step->Source]; break;
                case StepCode.Extend16To64: r[step->Destination] = (ulong)(short)r[step->Source]; break;
                case StepCode.Extend32To64: r[step->Destination] = (ulong)(int)r[step->Source]; break;
                case StepCode.Wide: r[step->Destination] = (ulong)step->Immediate; step++; break;
                case StepCode.Jump: goto Taken;
                case StepCode.JumpEqual64K: if (r[step->Destination] == (ulong)step->Immediate) { goto Taken; } break;
                case StepCode.JumpEqual64X: if (r[step->Destination] == r[step->Source]) { goto Taken; } break;
                case StepCode.JumpEqual32K: if ((uint)r[step->Destination] == (uint)step->Immediate) { goto Taken; } break;
                case StepCode.JumpEqual32X: if ((uint)r[step->Destination] == (uint)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpGreater64K: if (r[step->Destination] > (ulong)step->Immediate) { goto Taken; } break;
                case StepCode.JumpGreater64X: if (r[step->Destination] > r[step->Source]) { goto Taken; } break;
                case StepCode.JumpGreater32K: if ((uint)r[step->Destination] > (uint)step->Immediate) { goto Taken; } break;
                case StepCode.JumpGreater32X: if ((uint)r[step->Destination] > (uint)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpGreaterOrEqual64K: if (r[step->Destination] >= (ulong)step->Immediate) { goto Taken; } break;
                case StepCode.JumpGreaterOrEqual64X: if (r[step->Destination] >= r[step->Source]) { goto Taken; } break;
                case StepCode.JumpGreaterOrEqual32K: if ((uint)r[step->Destination] >= (uint)step->Immediate) { goto Taken; } break;
                case StepCode.JumpGreaterOrEqual32X: if ((uint)r[step->Destination] >= (uint)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpNotEqual64K: if (r[step->Destination] != (ulong)step->Immediate) { goto Taken; } break;
                case StepCode.JumpNotEqual64X: if (r[step->Destination] != r[step->Source]) { goto Taken; } break;
                case StepCode.JumpNotEqual32K: if ((uint)r[step->Destination] != (uint)step->Immediate) { goto Taken; } break;
                case StepCode.JumpNotEqual32X: if ((uint)r[step->Destination] != (uint)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedGreater64K: if ((long)r[step->Destination] > step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedGreater64X: if ((long)r[step->Destination] > (long)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedGreater32K: if ((int)r[step->Destination] > (int)step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedGreater32X: if ((int)r[step->Destination] > (int)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedGreaterOrEqual64K: if ((long)r[step->Destination] >= step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedGreaterOrEqual64X: if ((long)r[step->Destination] >= (long)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedGreaterOrEqual32K: if ((int)r[step->Destination] >= (int)step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedGreaterOrEqual32X: if ((int)r[step->Destination] >= (int)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpLess64K: if (r[step->Destination] < (ulong)step->Immediate) { goto Taken; } break;
                case StepCode.JumpLess64X: if (r[step->Destination] < r[step->Source]) { goto Taken; } break;
                case StepCode.JumpLess32K: if ((uint)r[step->Destination] < (uint)step->Immediate) { goto Taken; } break;
                case StepCode.JumpLess32X: if ((uint)r[step->Destination] < (uint)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpLessOrEqual64K: if (r[step->Destination] <= (ulong)step->Immediate) { goto Taken; } break;
                case StepCode.JumpLessOrEqual64X: if (r[step->Destination] <= r[step->Source]) { goto Taken; } break;
                case StepCode.JumpLessOrEqual32K: if ((uint)r[step->Destination] <= (uint)step->Immediate) { goto Taken; } break;
                case StepCode.JumpLessOrEqual32X: if ((uint)r[step->Destination] <= (uint)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedLess64K: if ((long)r[step->Destination] < step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedLess64X: if ((long)r[step->Destination] < (long)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedLess32K: if ((int)r[step->Destination] < (int)step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedLess32X: if ((int)r[step->Destination] < (int)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedLessOrEqual64K: if ((long)r[step->Destination] <= step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedLessOrEqual64X: if ((long)r[step->Destination] <= (long)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpSignedLessOrEqual32K: if ((int)r[step->Destination] <= (int)step->Immediate) { goto Taken; } break;
                case StepCode.JumpSignedLessOrEqual32X: if ((int)r[step->Destination] <= (int)r[step->Source]) { goto Taken; } break;
                case StepCode.JumpAnyBit64K: if ((r[step->Destination] & (ulong)step->Immediate) != 0) { goto Taken; } break;
                case StepCode.JumpAnyBit64X: if ((r[step->Destination] & r[step->Source]) != 0) { goto Taken; } break;
                case StepCode.JumpAnyBit32K: if (((uint)r[step->Destination] & (uint)step->Immediate) != 0) { goto Taken; } break;
                case StepCode.JumpAnyBit32X: if (((uint)r[step->Destination] & (uint)r[step->Source]) != 0) { goto Taken; } break;
                case StepCode.Load8:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 1 && address - run.ReadWindow.Start >= run.ReadWindow.Limit1
                        && !run.Reach(address, 1, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = *(byte*)address;
                    break;
                case StepCode.Load16:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 2 && address - run.ReadWindow.Start >= run.ReadWindow.Limit2
                        && !run.Reach(address, 2, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = *(ushort*)address;
                    break;
                case StepCode.Load32:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 4 && address - run.ReadWindow.Start >= run.ReadWindow.Limit4
                        && !run.Reach(address, 4, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = *(uint*)address;
                    break;
                case StepCode.Load64:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 8 && address - run.ReadWindow.Start >= run.ReadWindow.Limit8
                        && !run.Reach(address, 8, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = *(ulong*)address;
                    break;
                case StepCode.LoadSigned8:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 1 && address - run.ReadWindow.Start >= run.ReadWindow.Limit1
                        && !run.Reach(address, 1, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = (ulong)*(sbyte*)address;
                    break;
                case StepCode.LoadSigned16:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 2 && address - run.ReadWindow.Start >= run.ReadWindow.Limit2
                        && !run.Reach(address, 2, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = (ulong)*(short*)address;
                    break;
                case StepCode.LoadSigned32:
                    address = r[step->Source] + (ulong)step->Target;
                    if (address - low > room - 4 && address - run.ReadWindow.Start >= run.ReadWindow.Limit4
                        && !run.Reach(address, 4, false, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    r[step->Destination] = (ulong)*(int*)address;
                    break;
                case StepCode.Store8K:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 1 && address - run.WriteWindow.Start >= run.WriteWindow.Limit1
                        && !run.Reach(address, 1, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(byte*)address = (byte)step->Immediate;
                    break;
                case StepCode.Store16K:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 2 && address - run.WriteWindow.Start >= run.WriteWindow.Limit2
                        && !run.Reach(address, 2, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(ushort*)address = (ushort)step->Immediate;
                    break;
                case StepCode.Store32K:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 4 && address - run.WriteWindow.Start >= run.WriteWindow.Limit4
                        && !run.Reach(address, 4, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(uint*)address = (uint)step->Immediate;
                    break;
                case StepCode.Store64K:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 8 && address - run.WriteWindow.Start >= run.WriteWindow.Limit8
                        && !run.Reach(address, 8, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(ulong*)address = (ulong)step->Immediate;
                    break;
                case StepCode.Store8X:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 1 && address - run.WriteWindow.Start >= run.WriteWindow.Limit1
                        && !run.Reach(address, 1, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(byte*)address = (byte)r[step->Source];
                    break;
                case StepCode.Store16X:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 2 && address - run.WriteWindow.Start >= run.WriteWindow.Limit2
                        && !run.Reach(address, 2, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(ushort*)address = (ushort)r[step->Source];
                    break;
                case StepCode.Store32X:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 4 && address - run.WriteWindow.Start >= run.WriteWindow.Limit4
                        && !run.Reach(address, 4, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(uint*)address = (uint)r[step->Source];
                    break;
                case StepCode.Store64X:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 8 && address - run.WriteWindow.Start >= run.WriteWindow.Limit8
                        && !run.Reach(address, 8, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    *(ulong*)address = r[step->Source];
                    break;
                case StepCode.Atomic32:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 4 && address - run.WriteWindow.Start >= run.WriteWindow.Limit4
                        && !run.Reach(address, 4, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    if ((address & 3) != 0)
                    {
                        run.RefuseMisaligned(address, (int)(step - code), frame);
                        goto Ended;
                    }

                    AtomicStep.Run<uint>((int)step->Immediate, address, ref r[step->Source], ref r[0]);
                    break;
                case StepCode.Atomic64:
                    address = r[step->Destination] + (ulong)step->Target;
                    if (address - low > room - 8 && address - run.WriteWindow.Start >= run.WriteWindow.Limit8
                        && !run.Reach(address, 8, true, (int)(step - code), frame))
                    {
                        goto Ended;
                    }

                    if ((address & 7) != 0)
                    {
                        run.RefuseMisaligned(address, (int)(step - code), frame);
                        goto Ended;
                    }

                    AtomicStep.Run<ulong>((int)step->Immediate, address, ref r[step->Source], ref r[0]);
                    break;
                case StepCode.CallHelper:
                case StepCode.CallRegister:
                    uint helper = step->Code == StepCode.CallHelper ? (uint)step->Immediate : (uint)r[step->Destination];
                    run.CurrentInstruction = (int)(step - code);
                    run.CurrentFrames = frame;
                    r[0] = run.Host.CallHelper(ref run, helper, r[1], r[2], r[3], r[4], r[5]);
                    if (run.HasEnded || (helper == _unwindHelper && r[0] == 0))
                    {
                        goto Ended;
                    }

                    break;
                case StepCode.CallLocal:
                    returns[frame++ - 1] = step;
                    new Span<ulong>(r + Registers, Registers).Clear();
                    new Span<ulong>(r + 1, 5).CopyTo(new Span<ulong>(r + Registers + 1, 5));
                    r[Registers + Opcodes.FramePointer] = r[Opcodes.FramePointer] - BytecodeRun.FrameSize;
                    r += Registers;
                    low -= BytecodeRun.FrameSize;
                    room += BytecodeRun.FrameSize;
                    step = (Step*)((byte*)step + step->Target);
                    break;
                case StepCode.Exit:
                    if (frame == 1)
                    {
                        run.Ticks = ticks;
                        return r[0];
                    }

                    r -= Registers;
                    r[0] = r[Registers];
                    low += BytecodeRun.FrameSize;
                    room -= BytecodeRun.FrameSize;
                    step = returns[--frame - 1];
                    break;
            }

            continue;

        Taken:
            if (step->Target < 0 && ticks-- == 0)
            {
                ticks = run.TakeTicks((int)(step - code), frame) - 1;
                if (ticks < 0)
                {
                    goto Ended;
                }
            }

            step = (Step*)((byte*)step + step->Target);
        }

    Ended:
        run.Ticks = Math.Max(ticks, 0);
        return 0;
    }

    private struct Observed : IObserving;

    private struct Unobserved : IObserving;
}
