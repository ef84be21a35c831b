using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add_(Tensor target) => BinaryInPlace<AddOp>(target) ? this : Overwrite(Origin(target).add(target));

        public Tensor add_(Tensor target, Scalar alpha)
        {
            if (alpha.Real == 1) return add_(target);
            if (Records(target)) return Overwrite(Origin(target).add(target, alpha));
            using Tensor scaled = target.MulNumber(alpha.Real, alpha.Type);
            return add_(scaled);
        }

        public Tensor add_(Scalar scalar) => NumberInPlace<AddOp>(scalar) ? this : Overwrite(Origin().add(scalar));

        public Tensor add_(Scalar scalar, Scalar alpha) => add_((Scalar)(scalar.Real * alpha.Real));

        public Tensor sub_(Tensor target) => BinaryInPlace<SubOp>(target) ? this : Overwrite(Origin(target).sub(target));

        public Tensor sub_(Scalar target) => NumberInPlace<SubOp>(target) ? this : Overwrite(Origin().sub(target));

        public Tensor mul_(Tensor target) => BinaryInPlace<MulOp>(target) ? this : Overwrite(Origin(target).mul(target));

        public Tensor mul_(Scalar target) => NumberInPlace<MulOp>(target) ? this : Overwrite(Origin().mul(target));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None && Types.IsFloat(Core.Type) && BinaryInPlace<DivOp>(target) ? this : Overwrite(Origin(target).div(target, rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None && Types.IsFloat(Core.Type) && NumberInPlace<DivOp>(target) ? this : Overwrite(Origin().div(target, rounding_mode));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => OverwriteBy(Origin(tensor1, tensor2).addcmul(tensor1, tensor2, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => OverwriteBy(Origin(tensor1, tensor2).addcdiv(tensor1, tensor2, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => OverwriteBy(Origin(tensor1, tensor2).addcdiv(tensor1, tensor2));

        public Tensor lerp_(Tensor end, Tensor weight) => OverwriteBy(Origin(end, weight).lerp(end, weight));

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => OverwriteBy(Origin().clamp(min, max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => OverwriteBy(Origin(min, max).clamp(min, max));

        public Tensor neg_() => OverwriteBy(Origin().neg());

        public Tensor abs_() => OverwriteBy(Origin().abs());

        public Tensor exp_() => OverwriteBy(Origin().exp());

        public Tensor sqrt_() => OverwriteBy(Origin().sqrt());

        public Tensor relu_() => OverwriteBy(Origin().relu());

        public Tensor tanh_() => OverwriteBy(Origin().tanh());

        public Tensor sigmoid_() => OverwriteBy(Origin().sigmoid());

        public Tensor pow_(Scalar exponent) => OverwriteBy(Origin().pow(exponent));

        public Tensor pow_(Tensor exponent) => OverwriteBy(Origin(exponent).pow(exponent));

        public Tensor masked_fill_(Tensor mask, Scalar value) => OverwriteBy(Origin().masked_fill(mask, value));

        /// <summary>Fills with zeros; returns a new handle on the same array.</summary>
        public Tensor zero_()
        {
            fill_(0);
            return new Tensor(Core.Retain());
        }

        public Tensor fill_(Scalar value)
        {
            TensorCore c = Core;
            BeforeWrite(c, Records(this));
            Engine.Convert.Fill(c, value);
            c.Storage.Version++;
            if (GradMode.Enabled && c.GradFn is not null) c.GradFn = null;
            return this;
        }

        /// <summary>Copies values, repeated to this shape and converted to this type.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            if (Records(source)) return Overwrite(source.expand(Core.Shape).alias());
            Write(source.Core);
            return this;
        }

        public Tensor uniform_(double from, double to, Generator? generator = null) => OverwriteBy(RandomNumbers.Uniform(Core.Shape, Core.Type, from, to, generator));

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => OverwriteBy(RandomNumbers.Normal(Core.Shape, Core.Type, mean, std, generator));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            using Tensor draw = RandomNumbers.Uniform(Core.Shape, ScalarType.Float64, 0, 1, generator);
            using Tensor hit = draw.lt(p);
            Write(hit.Core);
            return this;
        }

        // What a recorded write is computed from: a copy, so that a rule may keep the values before the write.
        private Tensor Origin(Tensor? a = null, Tensor? b = null)
        {
            bool recorded = Tape.Records(this) || (a is not null && Tape.Records(a)) || (b is not null && Tape.Records(b));
            return recorded ? clone() : this;
        }

        private bool Records(Tensor other) => Tape.Records(this, other);

        /// <summary>Takes over values and history of a result and gives its handle up.</summary>
        private Tensor OverwriteBy(Tensor result)
        {
            if (ReferenceEquals(result, this)) return this;
            Overwrite(result);
            result.Dispose();
            return this;
        }

        /// <summary>Takes over values and history of a result computed from this tensor.</summary>
        private Tensor Overwrite(Tensor result)
        {
            TorchError.Require(Types.IsFloat(Core.Type) || !Types.IsFloat(result.Core.Type), $"result type {result.Core.Type} can't be cast to the desired output type {Core.Type}");
            BeforeWrite(Core, GradMode.Enabled && (Core.RequiresGrad || result.Core.RequiresGrad));
            Write(result.Core);
            if (GradMode.Enabled && result.Core.GradFn is { } made)
            {
                made.Retain();
                Core.GradFn = made;
            }

            return this;
        }

        private void Write(TensorCore source)
        {
            TensorCore c = Core;
            TorchError.Require(ReferenceEquals(Shapes.Broadcast(c.Shape, source.Shape), c.Shape), $"output with shape {Shapes.Text(c.Shape)} doesn't match the broadcast shape {Shapes.Text(Shapes.Broadcast(c.Shape, source.Shape))}");
            TensorCore converted = Engine.Convert.Dense(source, c.Type);
            TensorCore wide = Strided.DenseAs(converted, c.Shape);
            Strided.Write(wide, c);
            wide.Release();
            converted.Release();
            c.Storage.Version++;
        }

        private static void BeforeWrite(TensorCore c, bool recorded)
        {
            if (!recorded) return;
            TorchError.Require(!c.LeafRequiresGrad, "a leaf Variable that requires grad is being used in an in-place operation.");
            TorchError.Require(!c.IsDifferentiableView && !c.Storage.HasDifferentiableViews, "This engine does not record in-place writes to views, or to tensors that have views, of which a gradient is asked; write out of place instead.");
        }

        /// <summary>The fast way where nothing is recorded: writes straight into this memory.</summary>
        private bool BinaryInPlace<TOp>(Tensor other)
            where TOp : struct, IBinaryOp
        {
            TensorCore c = Core;
            if (Records(other) || !c.Contiguous || Types.Promote(c, other.Core) != c.Type) return false;
            if (!ReferenceEquals(Shapes.Broadcast(c.Shape, other.Core.Shape), c.Shape)) return false;
            TensorCore right = Engine.Convert.Dense(other.Core, c.Type);
            Elementwise.BinaryInto<TOp>(c, right, c);
            right.Release();
            c.Storage.Version++;
            return true;
        }

        private bool NumberInPlace<TOp>(Scalar number)
            where TOp : struct, IBinaryOp
        {
            TensorCore c = Core;
            if (Records(this) || !c.Contiguous || Types.PromoteNumber(c.Type, number.Type) != c.Type || c.Type == ScalarType.Bool) return false;
            Elementwise.NumberInto<TOp>(c, number.Real, c);
            c.Storage.Version++;
            return true;
        }
    }
}
