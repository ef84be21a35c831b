using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        None = 0,
        trunc = 1,
        floor = 2,
    }

    public partial class Tensor
    {
        public Tensor add(Tensor target)
        {
            Tensor result = Elementwise.Binary<AddOp>(this, target);
            Tape.Record(result, static (n, g) => Spread(n, g), this, target);
            return result;
        }

        public Tensor add(Tensor target, Scalar alpha) => alpha.Real == 1 ? add(target) : add(target.MulNumber(alpha.Real, alpha.Type));

        public Tensor add(Scalar scalar) => AddNumber(scalar.Real, scalar.Type);

        public Tensor add(Scalar scalar, Scalar alpha) => AddNumber(scalar.Real * alpha.Real, scalar.Type);

        public Tensor sub(Tensor target)
        {
            Tensor result = Elementwise.Binary<SubOp>(this, target);
            Tape.Record(result, static (n, g) =>
            {
                n.Send(0, g);
                if (n.Needs(1)) n.Send(1, g.neg());
            }, this, target);
            return result;
        }

        public Tensor sub(Scalar target) => SubNumber(target.Real, target.Type);

        public Tensor mul(Tensor target)
        {
            Tensor result = Elementwise.Binary<MulOp>(this, target);
            Tape.Record(result, static (n, g) =>
            {
                if (n.Needs(0)) n.Send(0, g.mul(n.Kept(1)));
                if (n.Needs(1)) n.Send(1, g.mul(n.Kept(0)));
            }, this, target)?.Keep(target.Core.RequiresGrad ? this : null, Core.RequiresGrad ? target : null);
            return result;
        }

        public Tensor mul(Scalar target) => MulNumber(target.Real, target.Type);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Tensor result = Elementwise.Binary<DivOp>(this, target, Types.FloatOf(Types.Promote(Core, target.Core)));
            Tape.Record(result, static (n, g) =>
            {
                Tensor divisor = n.Kept(1);
                if (n.Needs(0)) n.Send(0, g.div(divisor));
                if (n.Needs(1)) n.Send(1, g.mul(n.Kept(0)).div(divisor.square()).neg());
            }, this, target)?.Keep(target.Core.RequiresGrad ? this : null, target);
            return result.Rounded(rounding_mode, Types.Promote(Core, target.Core));
        }

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            DivNumber(target.Real, target.Type).Rounded(rounding_mode, Types.PromoteNumber(Core.Type, target.Type));

        public Tensor remainder(Tensor target)
        {
            Tensor result = Elementwise.Binary<RemainderOp>(this, target);
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result;
        }

        public Tensor remainder(Scalar scalar)
        {
            Tensor result = Elementwise.WithNumber<RemainderOp>(this, scalar.Real, scalar.Type);
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result;
        }

        public Tensor neg()
        {
            Tensor result = Elementwise.Number<NegOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.neg()), this);
            return result;
        }

        /// <summary>this + value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => add(tensor1.mul(tensor2).mul(value));

        /// <summary>this + value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => add(tensor1.div(tensor2).mul(value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => add(tensor1.div(tensor2));

        /// <summary>this + weight * (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => add(weight.mul(end.sub(this)));

        /// <summary>The larger of each pair; a gradient is halved between equals.</summary>
        public Tensor maximum(Tensor other)
        {
            Tensor result = Elementwise.Binary<MaxOp>(this, other);
            Tape.Record(result, static (n, g) => Choose(n, g, n.Kept(0).gt(n.Kept(1)), n.Kept(0).lt(n.Kept(1))), this, other)?.Keep(this, other);
            return result;
        }

        /// <summary>The smaller of each pair; a gradient is halved between equals.</summary>
        public Tensor minimum(Tensor other)
        {
            Tensor result = Elementwise.Binary<MinOp>(this, other);
            Tape.Record(result, static (n, g) => Choose(n, g, n.Kept(0).lt(n.Kept(1)), n.Kept(0).gt(n.Kept(1))), this, other)?.Keep(this, other);
            return result;
        }

        public Tensor max(Tensor other) => maximum(other);

        public Tensor min(Tensor other) => minimum(other);

        public Tensor eq(Tensor target) => Elementwise.Compare<EqualOp>(this, target);

        public Tensor ne(Tensor target) => Elementwise.Compare<NotEqualOp>(this, target);

        public Tensor lt(Tensor target) => Elementwise.Compare<LessOp>(this, target);

        public Tensor le(Tensor target) => Elementwise.Compare<LessEqualOp>(this, target);

        public Tensor gt(Tensor target) => Elementwise.Compare<GreaterOp>(this, target);

        public Tensor ge(Tensor target) => Elementwise.Compare<GreaterEqualOp>(this, target);

        public Tensor eq(Scalar target) => Elementwise.Compare<EqualOp>(this, Number(target));

        public Tensor ne(Scalar target) => Elementwise.Compare<NotEqualOp>(this, Number(target));

        public Tensor lt(Scalar target) => Elementwise.Compare<LessOp>(this, Number(target));

        public Tensor le(Scalar target) => Elementwise.Compare<LessEqualOp>(this, Number(target));

        public Tensor gt(Scalar target) => Elementwise.Compare<GreaterOp>(this, Number(target));

        public Tensor ge(Scalar target) => Elementwise.Compare<GreaterEqualOp>(this, Number(target));

        public Tensor logical_not() => eq(0);

        public Tensor logical_and(Tensor other) => ne(0).mul(other.ne(0));

        public Tensor logical_or(Tensor other) => ne(0).add(other.ne(0));

        internal Tensor AddNumber(double number, ScalarType kind)
        {
            Tensor result = Elementwise.WithNumber<AddOp>(this, number, kind);
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result;
        }

        internal Tensor SubNumber(double number, ScalarType kind)
        {
            Tensor result = Elementwise.WithNumber<SubOp>(this, number, kind);
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result;
        }

        internal Tensor NumberSub(double number, ScalarType kind)
        {
            Tensor result = Elementwise.WithNumber<SubOp>(this, number, kind, true);
            Tape.Record(result, static (n, g) => n.Send(0, g.neg()), this);
            return result;
        }

        internal Tensor MulNumber(double number, ScalarType kind)
        {
            Tensor result = Elementwise.WithNumber<MulOp>(this, number, kind);
            Tape.Record(result, static (n, g) => n.Send(0, g.MulNumber(n.Number, ScalarType.Float32)), this)?.With(number);
            return result;
        }

        internal Tensor DivNumber(double number, ScalarType kind)
        {
            Tensor result = Elementwise.WithNumber<DivOp>(this, number, kind, false, Types.FloatOf(Types.PromoteNumber(Core.Type, kind)));
            Tape.Record(result, static (n, g) => n.Send(0, g.DivNumber(n.Number, ScalarType.Float32)), this)?.With(number);
            return result;
        }

        internal Tensor NumberDiv(double number, ScalarType kind)
        {
            Tensor result = Elementwise.WithNumber<DivOp>(this, number, kind, true, Types.FloatOf(Types.PromoteNumber(Core.Type, kind)));
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Output()).div(n.Kept(0)).neg()), this)?.Keep(this).KeepOutput(result);
            return result;
        }

        private static void Spread(Node n, Tensor g)
        {
            n.Send(0, g);
            n.Send(1, g);
        }

        private static void Choose(Node n, Tensor g, Tensor first, Tensor second)
        {
            Tensor half = g.MulNumber(0.5, ScalarType.Float32);
            Tensor none = zeros_like(g);
            if (n.Needs(0)) n.Send(0, torch.where(first, g, torch.where(second, none, half)));
            if (n.Needs(1)) n.Send(1, torch.where(second, g, torch.where(first, none, half)));
        }

        private Tensor Number(Scalar value) => full(Shapes.Scalar, value, Types.PromoteNumber(Core.Type, value.Type) == Core.Type ? Core.Type : value.Type);

        private Tensor Rounded(RoundingMode mode, ScalarType type) => mode switch
        {
            RoundingMode.trunc => trunc().to_type(type),
            RoundingMode.floor => floor().to_type(type),
            _ => this,
        };
    }
}
